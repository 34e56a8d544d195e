package dev.fletch.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The architecture of a convolutional network: the two kinds of cells that it is stacked of.
 *
 * @param normal the cell that keeps the image size
 * @param reduction the cell that halves it; has as many nodes as {@code normal}
 */
public record CellPair(CellGenotype normal, CellGenotype reduction) implements Architecture {
  public CellPair {
    if (normal.nodes().size() != reduction.nodes().size()) {
      throw new IllegalArgumentException(
          "Invalid genotype: the normal cell has %d nodes and the reduction cell %d; they must agree"
              .formatted(normal.nodes().size(), reduction.nodes().size()));
    }
  }

  /**
   * The cells of an architecture that has some.
   *
   * @throws IllegalArgumentException if it is of another kind
   */
  public static CellPair of(Architecture architecture) {
    if (architecture instanceof CellPair cells) {
      return cells;
    }
    throw new IllegalArgumentException(
        "must have a normal and a reduction cell, got " + architecture.text());
  }

  /**
   * Reads what {@link #toString()} writes, and the notation of Python code bases, {@code
   * Genotype(normal=[('sep_conv_3x3', 1), ...], normal_concat=range(2, 6), reduce=[...],
   * reduce_concat=range(2, 6))}.
   *
   * @throws GenotypeFormatException if {@code text} is not a genotype
   */
  public static CellPair parse(String text) {
    return PythonGenotypeParser.isWrittenSo(text)
        ? new PythonGenotypeParser(text).genotype()
        : new GenotypeParser(text).genotype();
  }

  /**
   * Reads what {@link #json()} writes, inside a larger document.
   *
   * @param path where {@code node} stands, for messages: {@code $.candidates[0].genotype}
   * @throws GenotypeFormatException if {@code node} is not a genotype
   */
  public static CellPair read(JsonNode node, String path) {
    return GenotypeJson.read(node, path);
  }

  /** Neither the order of a node's genes counts nor genes that carry nothing. */
  @Override
  public boolean describesSameNetworkAs(Architecture other) {
    return other instanceof CellPair genotype
        && connected().sorted().equals(genotype.connected().sorted());
  }

  /** Both cells without the genes that read an isolated node: they carry nothing. */
  public CellPair connected() {
    return new CellPair(normal.connected(), reduction.connected());
  }

  private CellPair sorted() {
    return new CellPair(normal.sorted(), reduction.sorted());
  }

  /** The cells by their kind, as a {@link CellTopology} counts kinds: normal, reduction. */
  public List<CellGenotype> cells() {
    return List.of(normal, reduction);
  }

  /** What both cells look like. */
  public CellTopology topology() {
    return normal.topology();
  }

  /** Intermediate nodes of each cell. */
  public int nodes() {
    return normal.nodes().size();
  }

  /** One line: {@code normal=[sep_conv_3x3:0,skip_connect:1|...] reduction=[...]}. */
  @Override
  public String text() {
    return "normal=[" + normal.text() + "] reduction=[" + reduction.text() + "]";
  }

  /** {@code {"normal": "<cell>", "reduction": "<cell>"}}, cells as in {@link CellGenotype#text}. */
  @Override
  public ObjectNode json() {
    return GenotypeJson.tree(this);
  }

  @Override
  public String toString() {
    return text();
  }
}
