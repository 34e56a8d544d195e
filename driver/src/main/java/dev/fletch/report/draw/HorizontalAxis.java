package dev.fletch.report.draw;

import dev.fletch.report.model.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The axis below a chart.
 *
 * @param scale of what {@link #place} gives
 * @param zero where a lambda of 0 is placed, which has no logarithm
 * @param ticks values that are written down
 */
public record HorizontalAxis(Kind kind, Scale scale, double zero, List<Double> ticks) {
  /** What a chart runs over. */
  public enum Kind {
    /** Whole numbers. */
    EPOCHS("epoch"),
    /** Whole numbers too, of a search by evolution. */
    GENERATIONS("generation"),
    /** Numbers of different size: a logarithmic axis. */
    LAMBDAS("λ");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    boolean isWhole() {
      return this != LAMBDAS;
    }
  }

  /** Room of a written lambda. */
  private static final double TICK_ROOM = 34;

  private static final double HOVER = 24;

  /** Lines that share a lambda are drawn beside each other, together no wider than this. */
  private static final double ASIDE = 24;

  /**
   * @param values to be covered, rising
   */
  static HorizontalAxis of(Kind kind, double[] values, double from, double to) {
    return kind.isWhole() ? epochs(kind, values, from, to) : lambdas(values, from, to);
  }

  private static HorizontalAxis epochs(Kind kind, double[] values, double from, double to) {
    int first = values.length == 0 ? 0 : (int) values[0];
    int last = values.length == 0 ? 0 : (int) values[values.length - 1];
    Scale scale = Scale.epochs(first, last, from, to);
    return new HorizontalAxis(
        kind, scale, 0, scale.ticks().stream().filter(tick -> tick >= 0).toList());
  }

  /** Ticks stand at the lambdas themselves, as far as they have room. */
  private static HorizontalAxis lambdas(double[] values, double from, double to) {
    double[] logs = Arrays.stream(values).filter(v -> v > 0).map(Math::log10).toArray();
    double low = logs.length == 0 ? 0 : logs[0];
    double high = logs.length == 0 ? 0 : logs[logs.length - 1];
    double step = logs.length < 2 ? logs.length : (high - low) / (logs.length - 1);
    double zero = low - (logs.length < 2 ? step : Math.max(0.5, step));
    double first = logs.length < values.length ? zero : low;
    double margin = Math.max(0.2, (high - first) * 0.06);
    HorizontalAxis axis =
        new HorizontalAxis(
            Kind.LAMBDAS, new Scale(first - margin, high + margin, 1, from, to), zero, List.of());
    List<Double> ticks = new ArrayList<>();
    for (double value : values) {
      if (ticks.isEmpty() || axis.at(value) - axis.at(ticks.get(ticks.size() - 1)) >= TICK_ROOM) {
        ticks.add(value);
      }
    }
    return new HorizontalAxis(Kind.LAMBDAS, axis.scale(), zero, List.copyOf(ticks));
  }

  double at(double value) {
    return scale.at(place(value));
  }

  private double place(double value) {
    return kind.isWhole() ? value : value > 0 ? Math.log10(value) : zero;
  }

  String name() {
    return kind.title;
  }

  String text(double value) {
    return kind.isWhole() ? Figures.brief(value) : Figures.lambda(value);
  }

  /** Width of what reacts to the pointer at a value. */
  double column() {
    return kind.isWhole()
        ? Math.max(4, (scale.to() - scale.from()) / (scale.high() - scale.low()))
        : HOVER;
  }

  /** How far to the right a line of several is drawn. */
  double aside(int line, int lines) {
    return kind.isWhole() ? 0 : (line - (lines - 1) / 2.0) * Math.min(6, ASIDE / lines);
  }
}
