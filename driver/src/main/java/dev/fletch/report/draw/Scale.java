package dev.fletch.report.draw;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to a drawing's coordinates, linearly.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param step distance between ticks
 * @param from coordinate, for example the left or the lower end of an axis
 * @param to coordinate of the other end
 */
public record Scale(double low, double high, double step, double from, double to) {
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};

  /**
   * A scale over round numbers with about {@code intervals} of them, which covers all finite
   * values.
   */
  public static Scale covering(double[] values, int intervals, double from, double to) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      return new Scale(0, 1, 1, from, to);
    }
    if (high - low < 1e-9) {
      double around = low == 0 ? 1 : Math.abs(low) / 2;
      low -= around;
      high += around;
    }
    double step = roundStep((high - low) / intervals);
    return new Scale(Math.floor(low / step) * step, Math.ceil(high / step) * step, step, from, to);
  }

  /** A scale from the first to the last epoch, with ticks at whole epochs. */
  public static Scale epochs(int first, int last, double from, double to) {
    double step = Math.max(1, Math.ceil(roundStep((last - first) / 6.0)));
    return first == last
        ? new Scale(first - 1, last + 1, 1, from, to)
        : new Scale(first, last, step, from, to);
  }

  /**
   * This scale, cut where no value can lie: the axis of a share does not go beyond 100 %. Its step
   * and the pixels of its ends stay.
   */
  public Scale within(double least, double most) {
    return new Scale(Math.max(low, least), Math.min(high, most), step, from, to);
  }

  public double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long i = first; i * step <= high + step * 1e-6; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double roundStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double round : ROUND) {
      if (rough <= round * power * (1 + 1e-9)) {
        return round * power;
      }
    }
    return 10 * power;
  }
}
