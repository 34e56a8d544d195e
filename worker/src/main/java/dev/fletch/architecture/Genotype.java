package dev.fletch.architecture;

import java.io.Serializable;

/**
 * An architecture: what a search yields and what retraining builds a network from.
 *
 * @param normal the cell that keeps the image size
 * @param reduction the cell that halves it; has as many nodes as {@code normal}
 */
public record Genotype(CellGenotype normal, CellGenotype reduction) implements Serializable {
  public Genotype {
    if (normal.nodes().size() != reduction.nodes().size()) {
      throw new IllegalArgumentException(
          "Invalid genotype: the normal cell has %d nodes and the reduction cell %d; they must agree"
              .formatted(normal.nodes().size(), reduction.nodes().size()));
    }
  }

  /**
   * Reads what {@link #toString()} writes, and the notation of Python code bases, {@code
   * Genotype(normal=[('sep_conv_3x3', 1), ...], normal_concat=range(2, 6), reduce=[...],
   * reduce_concat=range(2, 6))}.
   *
   * @throws GenotypeFormatException if {@code text} is not a genotype
   */
  public static Genotype parse(String text) {
    return PythonGenotypeParser.isWrittenSo(text)
        ? new PythonGenotypeParser(text).genotype()
        : new GenotypeParser(text).genotype();
  }

  /**
   * Whether both describe the same network: neither the order of a node's genes counts nor genes
   * that carry nothing.
   */
  public boolean describesSameNetworkAs(Genotype other) {
    return connected().sorted().equals(other.connected().sorted());
  }

  /** The same genotype without the genes that read an isolated node: they carry nothing. */
  public Genotype connected() {
    return new Genotype(normal.connected(), reduction.connected());
  }

  private Genotype sorted() {
    return new Genotype(normal.sorted(), reduction.sorted());
  }

  /** Intermediate nodes of each cell. */
  public int nodes() {
    return normal.nodes().size();
  }

  /** One line: {@code normal=[sep_conv_3x3:0,skip_connect:1|...] reduction=[...]}. */
  @Override
  public String toString() {
    return "normal=[" + normal.text() + "] reduction=[" + reduction.text() + "]";
  }
}
