package dev.fletch.report.draw;

import dev.fletch.report.draw.Series.Point;
import dev.fletch.report.model.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over epochs, or over lambdas, as inline SVG, with a legend, and the values of an epoch
 * shown when the pointer rests on it.
 *
 * @param height of the drawing, which is 480 wide
 * @param left lines of the axis at the left
 * @param right lines of the second axis; without series there is none
 * @param marked an epoch to mark as the best
 * @param over what the lines run over
 */
public record LineChart(
    String title,
    double height,
    Axis left,
    Axis right,
    OptionalInt marked,
    HorizontalAxis.Kind over) {
  private static final double WIDTH = 480;
  private static final double LEFT = 48;
  private static final double TOP = 20;
  private static final int MARKER_LIMIT = 15;

  /** Over epochs. */
  public LineChart(String title, double height, Axis left, Axis right, OptionalInt marked) {
    this(title, height, left, right, marked, HorizontalAxis.Kind.EPOCHS);
  }

  /**
   * @param name what is measured
   * @param format of tick labels and values
   * @param fromZero whether 0 is always on the axis
   * @param least where the axis ends at the latest, since no value is below
   * @param most the same of its upper end
   */
  public record Axis(
      String name,
      DoubleFunction<String> format,
      boolean fromZero,
      double least,
      double most,
      List<Series> series) {
    public static final Axis ABSENT = new Axis("", Figures::brief, false, List.of());

    public Axis {
      series = List.copyOf(series);
    }

    /** Of values without bounds. */
    public Axis(String name, DoubleFunction<String> format, boolean fromZero, List<Series> series) {
      this(name, format, fromZero, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, series);
    }

    Scale scale(double from, double to) {
      DoubleStream values = series.stream().flatMapToDouble(s -> DoubleStream.of(s.values()));
      DoubleStream floor = fromZero ? DoubleStream.of(0) : DoubleStream.empty();
      return Scale.covering(DoubleStream.concat(values, floor).toArray(), 4, from, to)
          .within(least, most);
    }
  }

  public Markup figure() {
    return Markup.of(
        "<figure class='chart'><figcaption><b>{}</b>{}</figcaption>{}</figure>",
        title,
        legend(),
        svg());
  }

  private Markup legend() {
    List<Markup> keys = new ArrayList<>();
    for (Axis axis : List.of(left, right)) {
      for (Series s : axis.series()) {
        keys.add(
            Markup.of("<span class='key'><i class='swatch {}'></i>{}</span>", s.style(), s.name()));
      }
    }
    return Markup.of("<span class='keys'>{}</span>", keys);
  }

  private Markup svg() {
    double end = WIDTH - (right.series().isEmpty() ? 14 : 44);
    double[] xs = xs().sorted().distinct().toArray();
    HorizontalAxis x = HorizontalAxis.of(over, xs, LEFT, end);
    Scale y = left.scale(bottom(), TOP);
    boolean few = xs.length <= MARKER_LIMIT;
    List<Markup> parts = new ArrayList<>();
    parts.add(horizontal(left, y, LEFT - 8, "end", true, end));
    parts.add(ticks(x));
    parts.add(mark(x));
    int lines = left.series().size();
    boolean whiskers = left.series().stream().anyMatch(Series::hasSpread);
    for (int i = 0; i < lines; i++) {
      double aside = whiskers ? x.aside(i, lines) : 0;
      parts.add(ChartLine.of(left.series().get(i), x, y, few, aside));
    }
    if (!right.series().isEmpty()) {
      Scale second = right.scale(bottom(), TOP);
      parts.add(horizontal(right, second, end + 8, "start", false, end));
      right.series().forEach(s -> parts.add(ChartLine.of(s, x, second, few, 0)));
    }
    parts.add(hovers(x));
    return Markup.of(
        "<svg viewBox='0 0 {} {}' role='img' aria-label='{}'>{}</svg>",
        WIDTH,
        height,
        title,
        parts);
  }

  private Markup horizontal(
      Axis axis, Scale y, double labelX, String anchor, boolean grid, double end) {
    List<Markup> parts = new ArrayList<>();
    for (double tick : y.ticks()) {
      if (grid) {
        parts.add(
            Markup.of(
                "<line class='grid' x1='{}' x2='{}' y1='{}' y2='{}'/>",
                LEFT,
                end,
                y.at(tick),
                y.at(tick)));
      }
      parts.add(
          Markup.of(
              "<text class='tick' x='{}' y='{}' text-anchor='{}'>{}</text>",
              labelX,
              y.at(tick) + 4,
              anchor,
              axis.format().apply(tick)));
    }
    parts.add(
        Markup.of(
            "<text class='axis' x='{}' y='10' text-anchor='{}'>{}</text>",
            grid ? 2.0 : WIDTH - 2,
            grid ? "start" : "end",
            axis.name()));
    return Markup.join(parts);
  }

  private Markup ticks(HorizontalAxis x) {
    List<Markup> parts = new ArrayList<>();
    for (double tick : x.ticks()) {
      parts.add(
          Markup.of(
              "<text class='tick' x='{}' y='{}' text-anchor='middle'>{}</text>",
              x.at(tick),
              bottom() + 17,
              x.text(tick)));
    }
    parts.add(
        Markup.of(
            "<text class='axis' x='{}' y='{}' text-anchor='middle'>{}</text>",
            (x.scale().from() + x.scale().to()) / 2,
            height - 3,
            x.name()));
    return Markup.join(parts);
  }

  private Markup mark(HorizontalAxis x) {
    if (marked.isEmpty()) {
      return Markup.NONE;
    }
    double at = x.at(marked.getAsInt());
    boolean nearEnd = at > WIDTH * 0.75;
    return Markup.of(
        "<line class='mark' x1='{}' x2='{}' y1='{}' y2='{}'/>"
            + "<text class='tick' x='{}' y='{}' text-anchor='{}'>best {}</text>",
        at,
        at,
        TOP,
        bottom(),
        at + (nearEnd ? -5 : 5),
        bottom() - 6,
        nearEnd ? "end" : "start",
        x.name());
  }

  /** Invisible columns, one per epoch, that carry the values as their tooltip. */
  private Markup hovers(HorizontalAxis x) {
    Map<Double, StringBuilder> texts = new LinkedHashMap<>();
    for (Axis axis : List.of(left, right)) {
      for (Series s : axis.series()) {
        for (Point p : s.points()) {
          texts
              .computeIfAbsent(p.x(), e -> new StringBuilder(x.name() + " " + x.text(e)))
              .append("\n" + s.name() + ": " + axis.format().apply(p.y()))
              .append(p.hasSpread() ? " ± " + axis.format().apply(p.spread()) : "");
        }
      }
    }
    List<Markup> parts = new ArrayList<>();
    texts.forEach(
        (value, text) ->
            parts.add(
                Markup.of(
                    "<rect class='hover' x='{}' y='{}' width='{}' height='{}'>"
                        + "<title>{}</title></rect>",
                    x.at(value) - x.column() / 2,
                    TOP,
                    x.column(),
                    bottom() - TOP,
                    text)));
    return Markup.join(parts);
  }

  private double bottom() {
    return height - 34;
  }

  private DoubleStream xs() {
    return Stream.of(left, right)
        .flatMap(axis -> axis.series().stream())
        .flatMapToDouble(s -> s.points().stream().mapToDouble(Point::x));
  }
}
