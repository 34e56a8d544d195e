package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.LineChart.Axis;
import dev.fletch.report.draw.Series;
import dev.fletch.report.model.Figures;
import java.util.List;

/** The axis of a metric's figures: in its unit, and within its bounds. */
final class FigureAxis {
  private FigureAxis() {}

  static Axis of(Metric metric, List<Series> lines) {
    return new Axis("", Figures.axis(metric), false, metric.least(), metric.most(), lines);
  }
}
