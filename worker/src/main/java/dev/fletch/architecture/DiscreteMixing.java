package dev.fletch.architecture;

import java.util.List;

/**
 * The mixing weights with which a supernet is a genotype's network, with the supernet's own
 * weights: 1 for each gene, 0 for all else.
 */
public final class DiscreteMixing {
  private DiscreteMixing() {}

  /**
   * @param operations the columns of the mixing weights
   * @return {@code [edges, operations]} of the first kind of cell row by row, then of the others;
   *     two genes of one edge are both 1, and a gene that a node has twice is 2
   * @throws IllegalArgumentException if the genotype has an operation that the columns lack
   */
  public static float[] of(Genotype genotype, List<Operation> operations) {
    CellTopology topology = genotype.topology();
    float[] mixing = new float[topology.rows() * operations.size()];
    for (int kind = 0; kind < topology.kinds(); kind++) {
      for (int node = 0; node < topology.nodes(); node++) {
        for (Gene gene : genotype.genes(kind, node)) {
          int row = topology.row(kind, topology.edge(node, gene.input()));
          mixing[row * operations.size() + column(gene, genotype, operations)] += 1;
        }
      }
    }
    return mixing;
  }

  private static int column(Gene gene, Genotype genotype, List<Operation> operations) {
    int column = operations.indexOf(gene.operation());
    if (column < 0) {
      throw new IllegalArgumentException(
          "Cannot mix %s: the space %s has no %s"
              .formatted(genotype.text(), operations, gene.operation()));
    }
    return column;
  }
}
