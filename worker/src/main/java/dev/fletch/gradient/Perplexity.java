package dev.fletch.gradient;

import java.util.Comparator;
import java.util.Locale;

/**
 * exp of the mean cross-entropy of a word, in nats: among how many equally likely words a language
 * model chooses, as it were; less is better.
 */
record Perplexity() implements Metric {
  @Override
  public String name() {
    return "perplexity";
  }

  @Override
  public double of(Score score) {
    return Math.exp(score.loss());
  }

  @Override
  public double least() {
    return 1;
  }

  @Override
  public Comparator<Double> bestFirst() {
    return Comparator.naturalOrder(); // NaN is the greatest double
  }

  /** {@inheritDoc} With two decimals. */
  @Override
  public String text(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "–";
  }
}
