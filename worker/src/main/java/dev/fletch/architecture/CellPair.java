package dev.fletch.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The architecture of a convolutional network: the two kinds of cells that it is stacked of.
 *
 * <p>A network may have one kind of cell only. It is normal and reduction cell alike then, so that
 * whoever asks for either is given it, and {@code kinds} tells such an architecture from one whose
 * two cells happen to be equal.
 *
 * @param normal the cell that keeps the image size
 * @param reduction the cell that halves it; has as many nodes as {@code normal}
 * @param kinds of cells: 2, or 1 where {@code normal} and {@code reduction} are the same
 */
public record CellPair(CellGenotype normal, CellGenotype reduction, int kinds) implements Genotype {
  public CellPair {
    if (kinds < 1 || kinds > 2 || (kinds == 1 && !normal.equals(reduction))) {
      throw new IllegalArgumentException(
          "Invalid genotype: %d kinds of cells, %s and %s; must be 2, or 1 with equal cells"
              .formatted(kinds, normal, reduction));
    }
    if (normal.nodes().size() != reduction.nodes().size()) {
      throw new IllegalArgumentException(
          "Invalid genotype: the normal cell has %d nodes and the reduction cell %d; they must agree"
              .formatted(normal.nodes().size(), reduction.nodes().size()));
    }
  }

  /** Of a normal and a reduction cell. */
  public CellPair(CellGenotype normal, CellGenotype reduction) {
    this(normal, reduction, 2);
  }

  /** Of one kind of cell. */
  public static CellPair ofOneKind(CellGenotype cell) {
    return new CellPair(cell, cell, 1);
  }

  /** Whether all cells are of one kind, so that there are no reduction cells. */
  public boolean isOfOneKind() {
    return kinds == 1;
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
    return new CellPair(normal.connected(), reduction.connected(), kinds);
  }

  private CellPair sorted() {
    return new CellPair(normal.sorted(), reduction.sorted(), kinds);
  }

  /** The cells by their kind, as a {@link CellTopology} counts kinds: normal, reduction. */
  public List<CellGenotype> cells() {
    return List.of(normal, reduction);
  }

  @Override
  public CellTopology topology() {
    return CellTopology.convolutional(kinds, nodes());
  }

  @Override
  public List<Gene> genes(int kind, int node) {
    return cells().get(kind).nodes().get(node);
  }

  /** Intermediate nodes of each cell. */
  public int nodes() {
    return normal.nodes().size();
  }

  /**
   * One line: {@code normal=[sep_conv_3x3:0,skip_connect:1|...] reduction=[...]}, or {@code
   * cell=[...]} of one kind.
   */
  @Override
  public String text() {
    return isOfOneKind()
        ? "cell=[" + normal.text() + "]"
        : "normal=[" + normal.text() + "] reduction=[" + reduction.text() + "]";
  }

  /**
   * {@code {"normal": "<cell>", "reduction": "<cell>"}}, or {@code {"cell": "<cell>"}} of one kind,
   * cells as in {@link CellGenotype#text}.
   */
  @Override
  public ObjectNode json() {
    return GenotypeJson.tree(this);
  }

  @Override
  public String toString() {
    return text();
  }
}
