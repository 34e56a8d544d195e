package dev.fletch.gradient;

import java.util.List;
import java.util.stream.Collectors;

/** All metrics there are. */
public final class Metrics {
  public static final Metric ACCURACY = new Accuracy();
  public static final Metric PERPLEXITY = new Perplexity();

  /** Of records that name no metric: those of classification do not. */
  public static final Metric DEFAULT = ACCURACY;

  private static final List<Metric> ALL = List.of(ACCURACY, PERPLEXITY);

  private Metrics() {}

  /**
   * The metric of a name, as files have it.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Metric named(String name) {
    return ALL.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "metric must be one of %s, got %s"
                        .formatted(
                            ALL.stream().map(Metric::name).collect(Collectors.joining(", ")),
                            name)));
  }
}
