package dev.fletch.architecture;

import java.util.List;
import java.util.Random;

/**
 * Paths through a supernet drawn at random, as mixing weights: what random search with weight
 * sharing trains a step on (Li and Talwalkar, 2019, arXiv:1902.07638; liamcli/randomNAS_release).
 *
 * <p>Every node gets two different inputs, all pairs alike, and for each an operation, all alike.
 * Unlike in a {@link RandomGenotype}, {@link Operation#NONE} is drawn as often as any other: the
 * node then has one input less.
 */
public final class RandomPath {
  /** Keeps paths apart from the genotypes that are drawn with the same seed. */
  private static final long PATH_STREAM = 0x7061_7468L;

  private RandomPath() {}

  /**
   * A path that is a function of the arguments, on every machine and every JDK. {@link
   * ThresholdDerivation} with 0.5 gives its genotype.
   *
   * @param number which of the paths that belong to {@code seed}
   * @param operations the columns of the mixing weights
   * @return {@code [edges, operations]} of the normal cell row by row, then of the reduction cell;
   *     1 on the path, 0 elsewhere
   */
  public static float[] of(long seed, long number, int nodes, List<Operation> operations) {
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("Cannot draw a path: the space has no operation");
    }
    Random random = RandomGenotype.generator(seed ^ PATH_STREAM, number);
    int edges = CellGenotype.firstEdge(nodes);
    float[] mixing = new float[2 * edges * operations.size()];
    for (int firstOfCell = 0; firstOfCell <= edges; firstOfCell += edges) {
      for (int node = 0; node < nodes; node++) {
        int states = CellGenotype.lastInput(node) + 1;
        int one = random.nextInt(states);
        int other = (one + 1 + random.nextInt(states - 1)) % states;
        for (int input : new int[] {one, other}) {
          int edge = firstOfCell + CellGenotype.firstEdge(node) + input;
          mixing[edge * operations.size() + random.nextInt(operations.size())] = 1;
        }
      }
    }
    return mixing;
  }
}
