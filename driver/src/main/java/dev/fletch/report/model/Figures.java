package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Numbers as people read them; a dash for what was not measured. */
public final class Figures {
  public static final String NOT_MEASURED = "–";

  private Figures() {}

  /** A fraction as {@code 97.31 %}. */
  public static String percent(double fraction) {
    return fixed("%.2f %%", 100 * fraction);
  }

  /** A fraction as {@code 97.5 %}, without trailing zeros: for axes. */
  public static String briefPercent(double fraction) {
    return brief(100 * fraction) + " %";
  }

  /** A figure of {@code metric} as {@code 97.5 %}, without trailing zeros: for axes. */
  public static DoubleFunction<String> axis(Metric metric) {
    return value -> brief(metric.scale() * value) + metric.unit();
  }

  /** A spread of figures of {@code metric} in its {@link Metric#points}, as {@code 0.12}. */
  public static String points(Metric metric, double spread) {
    return fixed("%.2f", metric.scale() * spread);
  }

  public static String decimals(double value) {
    return fixed("%.3f", value);
  }

  /** Four significant digits at most. */
  public static String brief(double value) {
    String text = fixed("%.4g", value);
    boolean decimal = text.indexOf('.') >= 0 && text.indexOf('e') < 0;
    return decimal ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** A lambda as {@code 0.05} or {@code 2.5e-4}. */
  public static String lambda(double value) {
    if (value == 0 || Math.abs(value) >= 1e-3) {
      return brief(value);
    }
    String[] parts = fixed("%.3e", value).split("e");
    return parts.length < 2
        ? NOT_MEASURED
        : parts[0].replaceFirst("\\.?0+$", "") + "e" + Integer.parseInt(parts[1]);
  }

  /** A difference of figures of {@code metric} in its points with its sign, as {@code +0.12}. */
  public static String difference(Metric metric, double difference) {
    return fixed("%+.2f", metric.scale() * difference);
  }

  /** Parameters as {@code 3.31 M}, {@code 56.1 k} or {@code 912}. */
  public static String count(long count) {
    if (count <= 0) {
      return NOT_MEASURED;
    }
    return count >= 1_000_000
        ? fixed("%.2f M", count / 1e6)
        : count >= 1_000 ? fixed("%.1f k", count / 1e3) : Long.toString(count);
  }

  /** A duration as {@code 3 h 05 min}, {@code 4 min 10 s} or {@code 12.5 s}. */
  public static String duration(double seconds) {
    if (Double.isNaN(seconds)) {
      return NOT_MEASURED;
    }
    if (seconds < 60) {
      return fixed("%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    long minutes = whole / 60;
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", minutes, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
  }

  /** A number and its noun: {@code 1 seed}, {@code 3 seeds}. */
  public static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** {@code 1 search}, {@code 3 searches}. */
  public static String searches(int count) {
    return count + (count == 1 ? " search" : " searches");
  }

  /** Names in a sentence: {@code a}, {@code a and b} or {@code a, b and c}. */
  public static String listed(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static String fixed(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : NOT_MEASURED;
  }
}
