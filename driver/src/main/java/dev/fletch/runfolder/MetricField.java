package dev.fletch.runfolder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.JsonFields;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;

/** The field {@code metric} of a record: what its figures are, unless that is the default. */
public final class MetricField {
  private static final String NAME = "metric";

  private MetricField() {}

  /** Names {@code metric} in a record of that metric's figures; the default goes without saying. */
  public static void write(ObjectNode json, Metric metric) {
    if (!metric.equals(Metrics.DEFAULT)) {
      json.put(NAME, metric.name());
    }
  }

  /**
   * The metric of a record.
   *
   * @throws IllegalArgumentException if there is none of the name that it has
   */
  public static Metric read(JsonFields json) {
    return json.hasValue(NAME) ? Metrics.named(json.text(NAME)) : Metrics.DEFAULT;
  }
}
