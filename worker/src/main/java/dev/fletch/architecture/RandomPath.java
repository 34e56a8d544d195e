package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Paths through a supernet drawn at random, as mixing weights: what random search with weight
 * sharing trains a step on (Li and Talwalkar, 2019, arXiv:1902.07638; liamcli/randomNAS_release).
 *
 * <p>Every node gets two different inputs, all pairs alike, and for each an operation, all alike.
 * Unlike in a {@link RandomGenotype}, {@link Operation#NONE} is drawn as often as any other: the
 * node then has one input less. Where a node keeps one edge only it is never drawn: the node would
 * have no value.
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
   * @param topology with one kind of cell or two
   * @param operations the columns of the mixing weights
   * @return {@code [edges, operations]} of the normal cell row by row, then of the reduction cell;
   *     1 on the path, 0 elsewhere
   */
  public static float[] of(
      long seed, long number, CellTopology topology, List<Operation> operations) {
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("Cannot draw a path: the space has no operation");
    }
    List<Integer> columns =
        IntStream.range(0, operations.size())
            .filter(k -> topology.kept() > 1 || !operations.get(k).isNone())
            .boxed()
            .toList();
    Random random = RandomGenotype.generator(seed ^ PATH_STREAM, number);
    float[] mixing = new float[topology.rows() * operations.size()];
    for (int kind = 0; kind < topology.kinds(); kind++) {
      for (int node = 0; node < topology.nodes(); node++) {
        for (int input : inputs(random, topology.inputsOf(node), topology.kept())) {
          int row = topology.row(kind, topology.edge(node, input));
          mixing[row * operations.size() + columns.get(random.nextInt(columns.size()))] = 1;
        }
      }
    }
    return mixing;
  }

  /** Of a normal and a reduction cell. */
  public static float[] of(long seed, long number, int nodes, List<Operation> operations) {
    return of(seed, number, CellTopology.convolutional(nodes), operations);
  }

  /** Different ones of {@code states}, each drawn from those after the one before it, in a ring. */
  private static List<Integer> inputs(Random random, int states, int count) {
    List<Integer> left = new ArrayList<>();
    for (int state = 0; state < states; state++) {
      left.add(state);
    }
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Collections.rotate(left, -random.nextInt(left.size()));
      drawn.add(left.remove(0));
    }
    return drawn;
  }
}
