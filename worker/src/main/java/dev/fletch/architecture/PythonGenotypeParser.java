package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the notation of Python code bases that follow DARTS (quark0/darts, {@code genotypes.py}),
 * as they print and publish it: a list of genes, two for every node, and which states make a cell's
 * output.
 *
 * <pre>
 * Genotype(normal=[('sep_conv_3x3', 1), ('skip_connect', 0), ...], normal_concat=range(2, 6),
 *          reduce=[...], reduce_concat=[2, 3, 4, 5])
 * </pre>
 *
 * and of a recurrent cell, one gene for every node, {@code rnn/genotypes.py}:
 *
 * <pre>
 * Genotype(recurrent=[('sigmoid', 0), ('relu', 1), ...], concat=range(1, 9))
 * </pre>
 *
 * A name before it, {@code DARTS_V2 = Genotype(...)}, is skipped.
 */
final class PythonGenotypeParser {
  private static final Pattern BEGINNING = Pattern.compile("\\s*(\\w+\\s*=\\s*)?Genotype\\s*\\(");
  private static final Pattern RECURRENT = Pattern.compile(BEGINNING + "\\s*recurrent");
  private static final int GENES_PER_NODE = 2;
  private static final int MOST_STATES = 9999;

  private final GenotypeScanner scanner;

  PythonGenotypeParser(String text) {
    this.scanner = new GenotypeScanner(text);
  }

  static boolean isWrittenSo(String text) {
    return BEGINNING.matcher(text).lookingAt();
  }

  /** Whether {@code text} is the genotype of a recurrent cell. */
  static boolean isRecurrent(String text) {
    return RECURRENT.matcher(text).lookingAt();
  }

  RecurrentCell recurrentCell() {
    begin();
    scanner.word("recurrent");
    spaced('=');
    spaced('[');
    List<Gene> nodes = new ArrayList<>();
    while (!scanner.isNext(']')) {
      int node = nodes.size();
      nodes.add(gene(scanner::function, () -> scanner.state(node)));
      if (!skipSpaced(',')) {
        break;
      }
    }
    spaced(']');
    spaced(',');
    scanner.word("concat");
    spaced('=');
    List<Integer> output = states();
    skipSpaced(',');
    spaced(')');
    scanner.end();
    return RecurrentParser.checked(nodes, output);
  }

  private void begin() {
    scanner.space();
    if (!scanner.word().equals("Genotype")) {
      spaced('=');
      scanner.word("Genotype");
    }
    spaced('(');
  }

  CellPair genotype() {
    begin();
    CellGenotype normal = cell("normal");
    spaced(',');
    concatenated("normal_concat", normal);
    spaced(',');
    int start = scanner.position();
    CellGenotype reduction = cell("reduce");
    GenotypeParser.requireSameNodes(scanner, start, normal, reduction);
    spaced(',');
    concatenated("reduce_concat", reduction);
    skipSpaced(',');
    spaced(')');
    scanner.end();
    return new CellPair(normal, reduction);
  }

  private CellGenotype cell(String name) {
    scanner.word(name);
    spaced('=');
    spaced('[');
    List<List<Gene>> nodes = new ArrayList<>();
    while (!scanner.isNext(']')) {
      List<Gene> genes = new ArrayList<>();
      int start = scanner.position();
      for (int i = 0; i < GENES_PER_NODE; i++) {
        int node = nodes.size();
        genes.add(gene(scanner::operation, () -> scanner.input(node)));
        if (!skipSpaced(',') && !scanner.isNext(']')) {
          scanner.symbol(',');
        }
      }
      scanner.requireJoinable(start, genes);
      nodes.add(genes);
    }
    scanner.symbol(']');
    if (nodes.isEmpty()) {
      throw scanner.problem(scanner.position() - 1, "']'", "a gene such as ('sep_conv_3x3', 1)");
    }
    return new CellGenotype(nodes);
  }

  private Gene gene(Supplier<Operation> name, IntSupplier state) {
    spaced('(');
    char quote = scanner.isNext('"') ? '"' : '\'';
    scanner.symbol(quote);
    Operation operation = name.get();
    scanner.symbol(quote);
    spaced(',');
    int input = state.getAsInt();
    spaced(')');
    return new Gene(operation, input);
  }

  /** Which states the cell's output is made of: all nodes, since nothing else can be built. */
  private void concatenated(String name, CellGenotype cell) {
    scanner.word(name);
    spaced('=');
    int start = scanner.position();
    List<Integer> states = states();
    List<Integer> nodes = IntStream.range(2, 2 + cell.nodes().size()).boxed().toList();
    if (!states.equals(nodes)) {
      throw scanner.problem(
          start, "the states " + states, "all nodes, " + nodes + ", as a cell's output");
    }
  }

  private List<Integer> states() {
    return scanner.isNext('[') ? list() : range();
  }

  private List<Integer> range() {
    scanner.word("range");
    spaced('(');
    int from = state();
    spaced(',');
    int to = state();
    spaced(')');
    return IntStream.range(from, to).boxed().toList();
  }

  private List<Integer> list() {
    List<Integer> states = new ArrayList<>();
    spaced('[');
    while (!scanner.isNext(']')) {
      states.add(state());
      if (!skipSpaced(',')) {
        break;
      }
    }
    spaced(']');
    return states;
  }

  private int state() {
    return scanner.number(MOST_STATES, "the number of a state");
  }

  /** The symbol, with space around it. */
  private void spaced(char symbol) {
    scanner.space();
    scanner.symbol(symbol);
    scanner.space();
  }

  private boolean skipSpaced(char symbol) {
    scanner.space();
    boolean found = scanner.skip(symbol);
    scanner.space();
    return found;
  }
}
