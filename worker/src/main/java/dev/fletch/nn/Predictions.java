package dev.fletch.nn;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What a network took the examples of one minibatch for. Two numbers per example, not a table of
 * classes: with a thousand classes the table of one minibatch would be mostly zeros.
 */
public final class Predictions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of a network that does not say what it predicts. */
  public static final Predictions NONE = new Predictions(0, new int[0], new int[0]);

  private final int classes;
  private final int[] labels;
  private final int[] predicted;

  /**
   * @param labels {@code [N]}, each in {@code [0, classes)}; not copied
   * @param predicted {@code [N]}, each in {@code [0, classes)}; not copied
   */
  public Predictions(int classes, int[] labels, int[] predicted) {
    if (labels.length != predicted.length) {
      throw new IllegalArgumentException(
          "Invalid predictions: " + predicted.length + " for " + labels.length + " examples");
    }
    this.classes = classes;
    this.labels = labels;
    this.predicted = predicted;
  }

  public int classes() {
    return classes;
  }

  public int examples() {
    return labels.length;
  }

  public int label(int example) {
    return labels[example];
  }

  public int predicted(int example) {
    return predicted[example];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Predictions that
        && classes == that.classes
        && Arrays.equals(labels, that.labels)
        && Arrays.equals(predicted, that.predicted);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + Arrays.hashCode(predicted);
  }

  @Override
  public String toString() {
    return "predicted " + Arrays.toString(predicted) + " for " + Arrays.toString(labels);
  }
}
