package dev.fletch.supernet;

import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OperationForm;
import dev.fletch.nn.operation.Zero;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many weights candidate operations have. */
public final class OperationWeights {
  /** Of the example that operations are laid out on: weights do not depend on it. */
  private static final int SIDE = 4;

  private OperationWeights() {}

  /**
   * Weights of an operation.
   *
   * @param dimensions sides of an example: 2 of images, 1 of texts
   * @param channels even, if the stride is 2
   * @param stride 1 or 2
   * @param affine whether its batch norms have gamma and beta: not in a supernet
   */
  public static long count(
      Operation operation, int dimensions, int channels, int stride, boolean affine) {
    OperationForm form = OperationBlock.formOf(operation, stride);
    if (form instanceof Zero) {
      return 0;
    }
    PlanBuilder plan = PlanBuilder.unbuilt(0);
    form.layOut(new Blocks(plan, affine), "", example(plan, dimensions, channels));
    return plan.weightSlots().stream().mapToLong(WeightSlot::length).sum();
  }

  private static Slot example(PlanBuilder plan, int dimensions, int channels) {
    return switch (dimensions) {
      case 1 -> plan.slot(channels, plan.sequences(1, SIDE));
      case 2 -> plan.slot(channels, 1, SIDE, SIDE);
      default ->
          throw new IllegalArgumentException(
              "Cannot count weights on examples of %d sides: texts have 1 and images 2"
                  .formatted(dimensions));
    };
  }

  /** Whether an operation has weights where it keeps the size of the image. */
  public static boolean hasAny(Operation operation) {
    return OperationBlock.formOf(operation, 1).hasWeights();
  }

  /**
   * Weights, gamma and beta included, that each operation of each edge has in all cells of a
   * candidate network that have the edge: {@code [rows of alpha, operations]}.
   *
   * @param dimensions sides of an example: 2 of images, 1 of texts
   */
  public static double[] inCandidates(
      CellStack stack, CellTopology topology, List<Operation> operations, int dimensions) {
    double[] weights = new double[topology.rows() * operations.size()];
    Map<List<Object>, Long> counted = new HashMap<>();
    for (CellStack.Layer layer : stack.layers()) {
      for (int edge = 0; edge < topology.edges(); edge++) {
        int stride = layer.stride(topology, topology.stateOfEdge(edge));
        int row = topology.row(layer.kind(), edge);
        for (int k = 0; k < operations.size(); k++) {
          Operation operation = operations.get(k);
          weights[row * operations.size() + k] +=
              counted.computeIfAbsent(
                  List.of(operation, layer.channels(), stride),
                  unused -> count(operation, dimensions, layer.channels(), stride, true));
        }
      }
    }
    return weights;
  }

  /**
   * What each operation of each edge costs, as a share of the network in which every edge has its
   * largest operation: summed over all edges with mixing weights, 0 is a network without weights in
   * its edges and 1 the largest one. {@code [edges, operations]} of the normal cell, then of the
   * reduction cell; all cells of a kind count.
   *
   * @param dimensions sides of an example: 2 of images, 1 of texts
   */
  public static double[] shares(SupernetSettings settings, int dimensions) {
    List<Operation> operations = settings.operations();
    double[] weights = inCandidates(settings.stack(), settings.topology(), operations, dimensions);
    double largest = 0;
    for (int row = 0; row < weights.length; row += operations.size()) {
      double best = 0;
      for (int k = 0; k < operations.size(); k++) {
        best = Math.max(best, weights[row + k]);
      }
      largest += best;
    }
    for (int i = 0; i < weights.length && largest > 0; i++) {
      weights[i] /= largest;
    }
    return weights;
  }
}
