package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text form.
 *
 * <pre>
 * genotype = "normal=[" cell "] reduction=[" cell "]" | "cell=[" cell "]"
 * cell     = node { "|" node }          node = [ gene { "," gene } ]
 * gene     = operation ":" input
 * </pre>
 */
final class GenotypeParser {
  private static final String ONE_KIND = "cell";

  private final GenotypeScanner scanner;
  private final boolean isOfOneKind;

  GenotypeParser(String text) {
    this.isOfOneKind = text.stripLeading().startsWith(ONE_KIND);
    this.scanner = new GenotypeScanner(text);
  }

  CellPair genotype() {
    scanner.space();
    if (isOfOneKind) {
      CellGenotype only = namedCell(ONE_KIND);
      scanner.end();
      return CellPair.ofOneKind(only);
    }
    CellGenotype normal = namedCell("normal");
    scanner.space();
    int start = scanner.position();
    CellGenotype reduction = namedCell("reduction");
    requireSameNodes(scanner, start, normal, reduction);
    scanner.end();
    return new CellPair(normal, reduction);
  }

  CellGenotype cell() {
    CellGenotype cell = nodes();
    scanner.end();
    return cell;
  }

  /** Refuses a reduction cell, read from {@code start} on, of another size than the normal one. */
  static void requireSameNodes(
      GenotypeScanner scanner, int start, CellGenotype normal, CellGenotype reduction) {
    int expected = normal.nodes().size();
    int found = reduction.nodes().size();
    if (found != expected) {
      throw scanner.problem(
          start,
          "a reduction cell of " + found + " nodes",
          expected + " nodes as in the normal cell");
    }
  }

  private CellGenotype namedCell(String name) {
    scanner.word(name);
    scanner.symbol('=');
    scanner.symbol('[');
    CellGenotype cell = nodes();
    scanner.symbol(']');
    return cell;
  }

  private CellGenotype nodes() {
    List<List<Gene>> nodes = new ArrayList<>();
    do {
      nodes.add(genes(nodes.size()));
    } while (scanner.skip('|'));
    return new CellGenotype(nodes);
  }

  private List<Gene> genes(int node) {
    List<Gene> genes = new ArrayList<>();
    if (scanner.isAtEnd() || scanner.isNext('|') || scanner.isNext(']')) {
      return genes;
    }
    int start = scanner.position();
    do {
      Operation operation = scanner.operation();
      scanner.symbol(':');
      genes.add(new Gene(operation, scanner.input(node)));
    } while (scanner.skip(','));
    scanner.requireJoinable(start, genes);
    return genes;
  }
}
