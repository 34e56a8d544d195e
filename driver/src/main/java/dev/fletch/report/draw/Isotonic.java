package dev.fletch.report.draw;

import java.util.ArrayDeque;
import java.util.Deque;

/** Least squares under an order, by pooling adjacent violators (Ayer et al., 1955). */
final class Isotonic {
  private Isotonic() {}

  /**
   * The positions nearest to {@code wanted} whose distances are at least those of {@code offset}.
   *
   * @param wanted positions in the given order
   * @param weights how much each position's distance from the wanted one counts; > 0
   * @param offset rising; position i + 1 minus position i must be at least offset[i + 1] -
   *     offset[i]
   */
  static double[] nearest(double[] wanted, double[] weights, double[] offset) {
    Deque<Block> blocks = new ArrayDeque<>();
    for (int i = 0; i < wanted.length; i++) {
      Block block = new Block(weights[i] * (wanted[i] - offset[i]), weights[i], 1);
      while (!blocks.isEmpty() && blocks.peekLast().mean() >= block.mean()) {
        Block before = blocks.removeLast();
        block = before.with(block);
      }
      blocks.addLast(block);
    }
    double[] positions = new double[wanted.length];
    int i = 0;
    for (Block block : blocks) {
      for (int k = 0; k < block.count(); k++) {
        positions[i] = block.mean() + offset[i];
        i++;
      }
    }
    return positions;
  }

  /** Neighbours that touch: their weighted sum, weight and number. */
  private record Block(double sum, double weight, int count) {
    Block with(Block next) {
      return new Block(sum + next.sum, weight + next.weight, count + next.count);
    }

    double mean() {
      return sum / weight;
    }
  }
}
