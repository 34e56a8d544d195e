package dev.fletch.retrain;

import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** How far repetitions lie apart. */
public final class Spread {
  private Spread() {}

  /** Sample standard deviation (n - 1); NaN for fewer than two values. */
  public static double of(double... values) {
    return values.length < 2 ? Double.NaN : new StandardDeviation().evaluate(values);
  }
}
