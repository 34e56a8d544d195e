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
  public static float[] of(Genotype genotype, List<Operation> operations) {
    int cell = CellGenotype.firstEdge(genotype.nodes()) * operations.size();
    float[] mixing = new float[2 * cell];
    put(genotype.normal(), operations, mixing, 0);
    put(genotype.reduction(), operations, mixing, cell);
    return mixing;
  }

  private static void put(
      CellGenotype cell, List<Operation> operations, float[] mixing, int offset) {
    for (int node = 0; node < cell.nodes().size(); node++) {
      for (Gene gene : cell.nodes().get(node)) {
        int column = operations.indexOf(gene.operation());
        if (column < 0) {
          throw new IllegalArgumentException(
              "Cannot mix %s: the space %s has no %s"
                  .formatted(cell, operations, gene.operation()));
        }
        int edge = CellGenotype.firstEdge(node) + gene.input();
        mixing[offset + edge * operations.size() + column] += 1;
      }
    }
  }
}
