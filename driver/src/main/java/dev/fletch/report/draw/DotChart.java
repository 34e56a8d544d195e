package dev.fletch.report.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Figures one below the other as dots on a common scale, each with a whisker for its spread.
 *
 * @param format of tick labels and values
 */
public record DotChart(String title, DoubleFunction<String> format, List<Dot> dots) {
  private static final double WIDTH = 480;
  private static final double LEFT = 120;
  private static final double ROW = 28;
  private static final double FOOT = 26;

  /**
   * @param style class of the style sheet that colours it
   * @param spread how far to draw a whisker to both sides; NaN for none
   */
  public record Dot(String name, String style, double value, double spread) {
    private DoubleStream ends() {
      return spread > 0 ? DoubleStream.of(value - spread, value + spread) : DoubleStream.of(value);
    }
  }

  public DotChart {
    dots = List.copyOf(dots);
  }

  public Markup figure() {
    double[] covered = dots.stream().flatMapToDouble(Dot::ends).toArray();
    Scale x = Scale.covering(covered, 4, LEFT, WIDTH - 20);
    double bottom = dots.size() * ROW;
    List<Markup> parts = new ArrayList<>();
    for (double tick : x.ticks()) {
      parts.add(
          Markup.of(
              "<line class='grid' x1='{}' x2='{}' y1='0' y2='{}'/><text class='tick' x='{}' y='{}'"
                  + " text-anchor='middle'>{}</text>",
              x.at(tick),
              x.at(tick),
              bottom,
              x.at(tick),
              bottom + 17,
              format.apply(tick)));
    }
    for (int row = 0; row < dots.size(); row++) {
      parts.add(dot(dots.get(row), (row + 0.5) * ROW, x));
    }
    return Markup.of(
        "<figure class='chart'><figcaption><b>{}</b></figcaption><svg viewBox='0 0 {} {}'"
            + " role='img' aria-label='{}'>{}</svg></figure>",
        title,
        WIDTH,
        bottom + FOOT,
        title,
        parts);
  }

  private static Markup dot(Dot dot, double y, Scale x) {
    List<Markup> parts = new ArrayList<>();
    if (Double.isFinite(dot.value())) {
      if (dot.spread() > 0) {
        parts.add(
            Markup.of(
                "<path d='M{} {}H{}'/>",
                x.at(dot.value() - dot.spread()),
                y,
                x.at(dot.value() + dot.spread())));
      }
      parts.add(Markup.of("<circle cx='{}' cy='{}' r='5'/>", x.at(dot.value()), y));
    }
    return Markup.of(
        "<g class='line {}'>{}<text x='{}' y='{}' text-anchor='end'>{}</text></g>",
        dot.style(),
        parts,
        LEFT - 10,
        y + 4,
        dot.name());
  }
}
