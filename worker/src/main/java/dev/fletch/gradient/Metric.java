package dev.fletch.gradient;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;

/**
 * The figure of a {@link Score} that networks and epochs are ranked by, and how it is written. One
 * file per metric, and its name in {@link Metrics}.
 */
public interface Metric extends Serializable {
  /** What rounding makes of a mean, of 1 or relative to what is larger. */
  double ROUNDING = 1e-12;

  /** One lower-case word, as in messages and, capitalised, in JSON fields. */
  String name();

  /** The figure of {@code score}; NaN if the score has none. */
  double of(Score score);

  /** The better figure first, NaN last. */
  Comparator<Double> bestFirst();

  /** No figure is below; minus infinity if there is no such bound. */
  default double least() {
    return Double.NEGATIVE_INFINITY;
  }

  /** No figure is above; infinity if there is no such bound. */
  default double most() {
    return Double.POSITIVE_INFINITY;
  }

  /** The figure as people read it; a dash for what is not finite. */
  String text(double value);

  /** How large 1 is in {@link #text}; spreads and differences are written in the same unit. */
  default double scale() {
    return 1;
  }

  /** What {@link #text} has behind a number. */
  default String unit() {
    return "";
  }

  /** What spreads and differences count, in words. */
  default String points() {
    return "points of " + name();
  }

  /** The name as it begins a sentence. */
  default String title() {
    return name().substring(0, 1).toUpperCase(Locale.ROOT) + name().substring(1);
  }

  /**
   * The JSON field of the figure over a part of the data.
   *
   * @param part begins with a lower-case letter, as {@code validation}
   * @return both in one word, as {@code validationAccuracy}
   */
  default String field(String part) {
    return part + title();
  }

  /** Whether {@code value} is better than {@code other}; any number is better than NaN. */
  default boolean isBetter(double value, double other) {
    return bestFirst().compare(value, other) < 0;
  }

  /** By how much {@code other} is worse than {@code value}; below 0 if it is better. */
  default double loss(double value, double other) {
    return isBetter(1, 0) ? value - other : other - value;
  }

  /**
   * Whether neither figure is ahead. Means are sums in some order, so equal ones may differ by
   * rounding.
   */
  default boolean isLevel(double value, double other) {
    return Math.abs(value - other) <= ROUNDING * Math.max(1, Math.abs(other));
  }
}
