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
   * @return {@code [edges, operations]} of the normal cell row by row, then of the reduction cell;
   *     two genes of one edge are both 1, and a gene that a node has twice is 2
   * @throws IllegalArgumentException if the genotype has an operation that the columns lack
   */
  public static float[] of(CellPair genotype, List<Operation> operations) {
    CellTopology topology = genotype.topology();
    float[] mixing = new float[topology.rows() * operations.size()];
    for (int kind = 0; kind < topology.kinds(); kind++) {
      put(genotype.cells().get(kind), operations, mixing, topology.row(kind, 0));
    }
    return mixing;
  }

  private static void put(
      CellGenotype cell, List<Operation> operations, float[] mixing, int firstRow) {
    for (int node = 0; node < cell.nodes().size(); node++) {
      for (Gene gene : cell.nodes().get(node)) {
        int column = operations.indexOf(gene.operation());
        if (column < 0) {
          throw new IllegalArgumentException(
              "Cannot mix %s: the space %s has no %s"
                  .formatted(cell, operations, gene.operation()));
        }
        int row = firstRow + cell.topology().edge(node, gene.input());
        mixing[row * operations.size() + column] += 1;
      }
    }
  }
}
