package dev.fletch.task;

import dev.fletch.engine.Slot;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Head;

/**
 * One class for each example: global average pool, linear classifier, softmax cross-entropy. Its
 * evaluations keep what each example was taken for, so that their scores have a confusion matrix.
 *
 * @param classes number of classes, at least 1
 */
public record Classification(int classes) implements Task {
  public Classification {
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be >= 1, got " + classes);
    }
  }

  @Override
  public Metric metric() {
    return Metrics.ACCURACY;
  }

  @Override
  public String noun() {
    return "example";
  }

  @Override
  public Head head(
      Blocks blocks, String name, Slot input, double lossWeight, double labelSmoothing) {
    return blocks.head(name, input, classes, lossWeight, labelSmoothing).keepingPredictions();
  }
}
