package dev.fletch.supernet;

import dev.fletch.architecture.Operation;
import java.util.List;

/** How many weights candidate operations have. */
public final class OperationWeights {
  private OperationWeights() {}

  /**
   * Weights of an operation that keeps the number of channels.
   *
   * @param stride 1 or 2
   * @param affine parameters per channel of each of its batch norms: 2, or 0 in a supernet
   */
  public static long count(Operation operation, long channels, int stride, int affine) {
    long square = channels * channels;
    return switch (operation) {
      case NONE, MAX_POOL_3X3, AVG_POOL_3X3 -> 0;
      case SKIP_CONNECT -> stride == 1 ? 0 : square + affine * channels;
      case SEP_CONV_3X3 -> 2 * (9 * channels + square + affine * channels);
      case SEP_CONV_5X5 -> 2 * (25 * channels + square + affine * channels);
      case SEP_CONV_7X7 -> 2 * (49 * channels + square + affine * channels);
      case DIL_CONV_3X3 -> 9 * channels + square + affine * channels;
      case DIL_CONV_5X5 -> 25 * channels + square + affine * channels;
    };
  }

  /**
   * What each operation of each edge costs, as a share of the network in which every edge has its
   * largest operation: summed over all edges with mixing weights, 0 is a network without weights in
   * its edges and 1 the largest one. {@code [edges, operations]} of the normal cell, then of the
   * reduction cell; all cells of a kind count.
   */
  public static double[] shares(SupernetSettings settings) {
    List<Operation> operations = settings.operations();
    double[] weights = new double[2 * settings.edges() * operations.size()];
    long channels = settings.initChannels();
    for (int layer = 0; layer < settings.layers(); layer++) {
      boolean reduction = settings.isReduction(layer);
      channels *= reduction ? 2 : 1;
      addCell(settings, channels, reduction, weights);
    }
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

  private static void addCell(
      SupernetSettings settings, long channels, boolean reduction, double[] weights) {
    List<Operation> operations = settings.operations();
    int row = reduction ? settings.edges() : 0;
    for (int node = 0; node < settings.nodes(); node++) {
      for (int input = 0; input < node + 2; input++) {
        int stride = reduction && input < 2 ? 2 : 1;
        for (int k = 0; k < operations.size(); k++) {
          weights[row * operations.size() + k] += count(operations.get(k), channels, stride, 2);
        }
        row++;
      }
    }
  }
}
