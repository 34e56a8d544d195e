package dev.fletch.report.draw;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A line of a chart.
 *
 * @param name for the legend
 * @param style class of the style sheet that colours it, for example {@code c1}
 * @param points by rising x; a NaN leaves a gap
 */
public record Series(String name, String style, List<Point> points) {
  public Series {
    points = List.copyOf(points);
  }

  /**
   * @param spread how far to draw a whisker up and down; NaN for none
   */
  public record Point(double x, double y, double spread) {
    public Point(double x, double y) {
      this(x, y, Double.NaN);
    }

    boolean hasSpread() {
      return Double.isFinite(y) && spread > 0;
    }
  }

  boolean hasSpread() {
    return points.stream().anyMatch(Point::hasSpread);
  }

  /** All that an axis has to cover, the ends of whiskers included. */
  double[] values() {
    return points.stream()
        .flatMapToDouble(
            p ->
                p.hasSpread()
                    ? DoubleStream.of(p.y() - p.spread(), p.y() + p.spread())
                    : DoubleStream.of(p.y()))
        .toArray();
  }
}
