package dev.fletch.gradient;

import java.util.Comparator;
import java.util.Locale;

/** The share of right answers, a fraction in [0, 1]; more is better. */
record Accuracy() implements Metric {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public double of(Score score) {
    return score.correctShare();
  }

  @Override
  public double least() {
    return 0;
  }

  @Override
  public double most() {
    return 1;
  }

  @Override
  public Comparator<Double> bestFirst() {
    return Comparator.comparingDouble(value -> -value); // NaN is the greatest double
  }

  @Override
  public double scale() {
    return 100;
  }

  @Override
  public String unit() {
    return " %";
  }

  /** {@inheritDoc} Percentage points. */
  @Override
  public String points() {
    return "points";
  }

  /** {@inheritDoc} In per cent with two decimals. */
  @Override
  public String text(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f %%", 100 * value) : "–";
  }
}
