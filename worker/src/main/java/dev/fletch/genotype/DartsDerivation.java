package dev.fletch.genotype;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rule of DARTS (Liu et al., 2019, section 2.4; quark0/darts, {@code model_search.py}) that
 * turns mixing weights into a genotype.
 *
 * <p>An edge is as strong as its largest mixing weight, {@link Operation#NONE} left aside. Each
 * node keeps its two strongest edges, the stronger first, each with its strongest operation other
 * than NONE. Ties go to the lower input and to the operation named first.
 *
 * <p>The mixing weights must be those of the forward pass, not raw alphas: NONE takes part in the
 * softmax, so it changes which edges are strong.
 */
public final class DartsDerivation {
  private static final int EDGES_KEPT = 2;

  private DartsDerivation() {}

  /**
   * @param normalMixing {@code [edges, operations]}, edges numbered node by node, then by input
   * @param reductionMixing likewise
   * @param operations the meaning of the columns; with or without NONE
   * @param nodes intermediate nodes of a cell; node i has 2 + i edges
   * @throws IllegalArgumentException if the sizes disagree, a weight is NaN, or there is no
   *     operation besides NONE
   */
  public static Genotype derive(
      float[][] normalMixing, float[][] reductionMixing, List<Operation> operations, int nodes) {
    if (operations.stream().allMatch(o -> o == Operation.NONE)) {
      throw new IllegalArgumentException(
          "Cannot derive a genotype from the operations " + operations + ": all are none");
    }
    return new Genotype(
        cell("normal", normalMixing, operations, nodes),
        cell("reduction", reductionMixing, operations, nodes));
  }

  private static CellGenotype cell(
      String name, float[][] mixing, List<Operation> operations, int nodes) {
    check(name, mixing, operations, nodes);
    List<List<Gene>> genes = new ArrayList<>();
    int edge = 0;
    for (int node = 0; node < nodes; node++) {
      int inputs = node + 2;
      genes.add(node(mixing, edge, inputs, operations));
      edge += inputs;
    }
    return new CellGenotype(genes);
  }

  private static List<Gene> node(
      float[][] mixing, int firstEdge, int inputs, List<Operation> operations) {
    int[] best =
        IntStream.range(firstEdge, firstEdge + inputs)
            .map(edge -> strongest(mixing[edge], operations))
            .toArray();
    // Sorting a stream is stable, so among equals the lower input comes first.
    return IntStream.range(0, inputs)
        .boxed()
        .sorted(Comparator.comparingDouble(input -> -mixing[firstEdge + input][best[input]]))
        .limit(EDGES_KEPT)
        .map(input -> new Gene(operations.get(best[input]), input))
        .toList();
  }

  /** Column of the largest weight whose operation is not NONE; the first among equals. */
  private static int strongest(float[] weights, List<Operation> operations) {
    int best = -1;
    for (int k = 0; k < weights.length; k++) {
      boolean better = best < 0 || weights[k] > weights[best];
      if (better && operations.get(k) != Operation.NONE) {
        best = k;
      }
    }
    return best;
  }

  private static void check(String name, float[][] mixing, List<Operation> operations, int nodes) {
    int edges = nodes * (nodes + 3) / 2;
    if (nodes < 1 || mixing.length != edges) {
      throw new IllegalArgumentException(
          "Cannot derive the %s cell: %d nodes need %d edges, got %d"
              .formatted(name, nodes, edges, mixing.length));
    }
    for (int edge = 0; edge < edges; edge++) {
      if (mixing[edge].length != operations.size()) {
        throw new IllegalArgumentException(
            "Cannot derive the %s cell: edge %d has %d mixing weights, got %d operations"
                .formatted(name, edge, mixing[edge].length, operations.size()));
      }
      for (float weight : mixing[edge]) {
        if (Float.isNaN(weight)) {
          throw new IllegalArgumentException(
              "Cannot derive the %s cell: edge %d has a mixing weight that is not a number"
                  .formatted(name, edge));
        }
      }
    }
  }
}
