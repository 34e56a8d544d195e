package dev.fletch.gradient;

import dev.fletch.nn.BatchScore;
import dev.fletch.nn.Predictions;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * How many examples of each class were taken for which class, and what follows from it.
 *
 * <p>Macro averages weigh every class of the data set the same. A ratio whose denominator is zero
 * (the precision of a class that was never predicted, the recall of one that never occurred) counts
 * as 0; so scikit-learn's {@code precision_recall_fscore_support(labels=range(classes),
 * average="macro", zero_division=0)} gives the same numbers.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing is known: no classes, no examples. */
  public static final ConfusionMatrix NONE = new ConfusionMatrix(0, new long[0]);

  private final int classes;
  private final long[] counts;

  private ConfusionMatrix(int classes, long[] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /**
   * @param rows {@code [class][predicted class]}
   * @throws IllegalArgumentException if the rows are not a square of counts
   */
  public static ConfusionMatrix of(long[][] rows) {
    long[] counts = new long[rows.length * rows.length];
    for (int c = 0; c < rows.length; c++) {
      if (rows[c].length != rows.length) {
        throw new IllegalArgumentException(
            "Invalid confusion matrix: row %d of %d has %d counts"
                .formatted(c, rows.length, rows[c].length));
      }
      if (Arrays.stream(rows[c]).anyMatch(n -> n < 0)) {
        throw new IllegalArgumentException(
            "Invalid confusion matrix: row " + c + " has a negative count");
      }
      System.arraycopy(rows[c], 0, counts, c * rows.length, rows.length);
    }
    return rows.length == 0 ? NONE : new ConfusionMatrix(rows.length, counts);
  }

  /** Counts the examples of all minibatches; {@link #NONE} unless each says what it predicted. */
  public static ConfusionMatrix of(List<BatchScore> batches) {
    int classes = 0;
    for (BatchScore batch : batches) {
      if (batch.predictions().examples() != batch.examples()) {
        return NONE;
      }
      classes = Math.max(classes, batch.predictions().classes());
    }
    long[] counts = new long[classes * classes];
    for (BatchScore batch : batches) {
      Predictions each = batch.predictions();
      for (int n = 0; n < each.examples(); n++) {
        counts[each.label(n) * classes + each.predicted(n)]++;
      }
    }
    return classes == 0 ? NONE : new ConfusionMatrix(classes, counts);
  }

  /** The counts of both, which must have the same classes; {@link #NONE} is neutral. */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    if (classes == 0 || other.classes == 0) {
      return classes == 0 ? other : this;
    }
    if (classes != other.classes) {
      throw new IllegalArgumentException(
          "Cannot add confusion matrices of %d and %d classes".formatted(classes, other.classes));
    }
    long[] sum = counts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.counts[i];
    }
    return new ConfusionMatrix(classes, sum);
  }

  /** 0 if nothing is known. */
  public int classes() {
    return classes;
  }

  public boolean isKnown() {
    return classes > 0;
  }

  /** Examples of class {@code label} that were taken for {@code predicted}. */
  public long count(int label, int predicted) {
    return counts[label * classes + predicted];
  }

  public long examples() {
    return Arrays.stream(counts).sum();
  }

  /** Mean over the classes of correct / predicted; NaN if nothing is known. */
  public double macroPrecision() {
    return mean(this::precision);
  }

  /** Mean over the classes of correct / occurred; NaN if nothing is known. */
  public double macroRecall() {
    return mean(this::recall);
  }

  /** Mean over the classes of 2 correct / (predicted + occurred); NaN if nothing is known. */
  public double macroF1() {
    return mean(this::f1);
  }

  public double precision(int label) {
    return ratio(count(label, label), predicted(label));
  }

  public double recall(int label) {
    return ratio(count(label, label), occurred(label));
  }

  public double f1(int label) {
    return ratio(2 * count(label, label), predicted(label) + occurred(label));
  }

  private long predicted(int label) {
    long sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += count(c, label);
    }
    return sum;
  }

  private long occurred(int label) {
    long sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += count(label, c);
    }
    return sum;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private double mean(IntToDoubleFunction ofClass) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += ofClass.applyAsDouble(c);
    }
    return classes == 0 ? Double.NaN : sum / classes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  /** {@code [[3,0],[1,2]]}: JSON, a row per class. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int c = 0; c < classes; c++) {
      text.append(c == 0 ? "[" : ",[");
      for (int p = 0; p < classes; p++) {
        text.append(p == 0 ? "" : ",").append(count(c, p));
      }
      text.append(']');
    }
    return text.append(']').toString();
  }
}
