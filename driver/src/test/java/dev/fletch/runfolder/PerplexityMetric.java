package dev.fletch.runfolder;

import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Score;
import java.util.Comparator;
import java.util.Locale;

/** Another metric than the default, of which less is better. */
public record PerplexityMetric() implements Metric {
  @Override
  public String name() {
    return "perplexity";
  }

  @Override
  public double of(Score score) {
    return Math.exp(score.loss());
  }

  @Override
  public Comparator<Double> bestFirst() {
    return Comparator.naturalOrder();
  }

  @Override
  public String text(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
