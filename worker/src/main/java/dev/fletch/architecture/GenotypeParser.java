package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads the text form.
 *
 * <pre>
 * genotype = "normal=[" cell "] reduction=[" cell "]"
 * cell     = node { "|" node }          node = [ gene { "," gene } ]
 * gene     = operation ":" input
 * </pre>
 */
final class GenotypeParser {
  private static final List<String> NAMES =
      Operation.known().stream().filter(o -> !o.isNone()).map(Operation::text).toList();

  private final String text;
  private int at;

  GenotypeParser(String text) {
    this.text = text;
  }

  Genotype genotype() {
    space();
    CellGenotype normal = namedCell("normal");
    space();
    int start = at;
    CellGenotype reduction = namedCell("reduction");
    int expected = normal.nodes().size();
    int found = reduction.nodes().size();
    if (found != expected) {
      throw problem(
          start,
          "a reduction cell of " + found + " nodes",
          expected + " nodes as in the normal cell");
    }
    end();
    return new Genotype(normal, reduction);
  }

  CellGenotype cell() {
    CellGenotype cell = nodes();
    end();
    return cell;
  }

  private CellGenotype namedCell(String name) {
    int start = at;
    if (!word().equals(name)) {
      throw problem(start, token(start), "'" + name + "'");
    }
    symbol('=');
    symbol('[');
    CellGenotype cell = nodes();
    symbol(']');
    return cell;
  }

  private CellGenotype nodes() {
    List<List<Gene>> nodes = new ArrayList<>();
    do {
      nodes.add(genes(nodes.size()));
    } while (skip('|'));
    return new CellGenotype(nodes);
  }

  private List<Gene> genes(int node) {
    List<Gene> genes = new ArrayList<>();
    if (at == text.length() || peek('|') || peek(']')) {
      return genes;
    }
    do {
      Operation operation = operation();
      symbol(':');
      genes.add(new Gene(operation, input(node)));
    } while (skip(','));
    return genes;
  }

  private Operation operation() {
    int start = at;
    String name = word();
    if (!NAMES.contains(name)) {
      String suggestion =
          name.isEmpty()
              ? ""
              : Nearest.to(name, NAMES).map(n -> "; did you mean " + n + "?").orElse("");
      throw problem(start, token(start), "one of " + String.join(", ", NAMES) + suggestion);
    }
    return Operation.find(name).orElseThrow();
  }

  private int input(int node) {
    int start = at;
    String digits = word();
    int last = CellTopology.convolutional(node + 1).inputsOf(node) - 1;
    // More than four digits are beyond any cell and might not fit an int.
    boolean valid = digits.matches("[0-9]{1,4}") && Integer.parseInt(digits) <= last;
    if (!valid) {
      throw problem(start, token(start), "an input from 0 to " + last + " for node " + node);
    }
    return Integer.parseInt(digits);
  }

  private void symbol(char expected) {
    if (!skip(expected)) {
      throw problem(at, token(at), "'" + expected + "'");
    }
  }

  private boolean skip(char symbol) {
    boolean found = peek(symbol);
    at += found ? 1 : 0;
    return found;
  }

  private boolean peek(char symbol) {
    return at < text.length() && text.charAt(at) == symbol;
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void end() {
    space();
    if (at < text.length()) {
      throw problem(at, token(at), "the end");
    }
  }

  private String word() {
    String word = wordAt(at);
    at += word.length();
    return word;
  }

  private String wordAt(int start) {
    return text.substring(start)
        .chars()
        .takeWhile(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** The word or the single symbol at {@code start}, quoted. */
  private String token(int start) {
    if (start == text.length()) {
      return "the end";
    }
    String word = wordAt(start);
    return "'" + (word.isEmpty() ? text.substring(start, start + 1) : word) + "'";
  }

  private static GenotypeFormatException problem(int at, String found, String expected) {
    return GenotypeFormatException.inText(at + 1, found, expected);
  }
}
