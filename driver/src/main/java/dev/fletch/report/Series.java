package dev.fletch.report;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param name for the legend
 * @param style class of the style sheet that colours it, for example {@code c1}
 * @param points by rising x; a NaN leaves a gap
 */
record Series(String name, String style, List<Point> points) {
  Series {
    points = List.copyOf(points);
  }

  record Point(double x, double y) {}

  double[] values() {
    return points.stream().mapToDouble(Point::y).toArray();
  }
}
