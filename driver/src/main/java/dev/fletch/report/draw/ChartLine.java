package dev.fletch.report.draw;

import dev.fletch.report.draw.Series.Point;
import java.util.ArrayList;
import java.util.List;

/** One line of a chart, with whiskers where its points have a spread. */
final class ChartLine {
  private static final double CAP = 3;

  private ChartLine() {}

  /**
   * @param marked whether every point gets a dot
   * @param aside how far to the right it is drawn, for whiskers that would hide each other
   */
  static Markup of(Series series, HorizontalAxis x, Scale y, boolean marked, double aside) {
    StringBuilder path = new StringBuilder();
    List<Markup> markers = new ArrayList<>();
    boolean pen = false;
    for (Point point : series.points()) {
      boolean finite = Double.isFinite(point.y());
      if (finite) {
        double at = x.at(point.x()) + aside;
        path.append(Markup.of("{}{} {}", pen ? "L" : "M", at, y.at(point.y())).html());
        if (point.hasSpread()) {
          markers.add(
              whisker(at, y.at(point.y() - point.spread()), y.at(point.y() + point.spread())));
        }
        if (marked) {
          markers.add(Markup.of("<circle cx='{}' cy='{}' r='3'/>", at, y.at(point.y())));
        }
      }
      pen = finite;
    }
    return Markup.of("<g class='line {}'><path d='{}'/>{}</g>", series.style(), path, markers);
  }

  private static Markup whisker(double at, double low, double high) {
    return Markup.of(
        "<path class='spread' d='M{} {}H{}M{} {}V{}M{} {}H{}'/>",
        at - CAP,
        low,
        at + CAP,
        at,
        low,
        high,
        at - CAP,
        high,
        at + CAP);
  }
}
