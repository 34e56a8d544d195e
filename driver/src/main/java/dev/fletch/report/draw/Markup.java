package dev.fletch.report.draw;

import dev.fletch.report.model.Figures;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text that is already safe HTML (and XML); the only way to make some is through {@link #of}, which
 * escapes.
 */
public record Markup(String html) {
  public static final Markup NONE = new Markup("");

  private static final String PLACE = "{}";

  /**
   * Fills each {@code {}} of a template with the next value: markup and lists of markup as they
   * are, numbers in short, anything else escaped.
   *
   * @param template a constant, well-formed by itself
   */
  public static Markup of(String template, Object... values) {
    StringBuilder html = new StringBuilder(template.length() + 16 * values.length);
    int from = 0;
    for (Object value : values) {
      int place = template.indexOf(PLACE, from);
      if (place < 0) {
        throw new IllegalArgumentException("More values than {} in the template: " + template);
      }
      html.append(template, from, place).append(text(value));
      from = place + PLACE.length();
    }
    if (template.indexOf(PLACE, from) >= 0) {
      throw new IllegalArgumentException("Fewer values than {} in the template: " + template);
    }
    return new Markup(html.append(template, from, template.length()).toString());
  }

  /** A spread behind its mean, as {@code ± 0.12}; nothing for one that was not measured. */
  public static Markup spread(String spread) {
    return spread.equals(Figures.NOT_MEASURED) ? NONE : of(" <small>± {}</small>", spread);
  }

  static Markup join(List<Markup> parts) {
    return new Markup(parts.stream().map(Markup::html).collect(Collectors.joining("\n")));
  }

  private static String text(Object value) {
    if (value instanceof Markup markup) {
      return markup.html();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Markup::text).collect(Collectors.joining("\n"));
    }
    if (value instanceof Double number) {
      return coordinate(number);
    }
    return escaped(String.valueOf(value));
  }

  /** At most two decimals: enough for drawings, a third of the size. */
  private static String coordinate(double value) {
    long hundredths = Math.round(value * 100);
    return hundredths % 100 == 0
        ? Long.toString(hundredths / 100)
        : Double.toString(hundredths / 100.0);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      case '\t', '\n', '\r' -> escaped.appendCodePoint(c);
      default -> escaped.appendCodePoint(allowedInXml(c) ? c : 0xFFFD);
    }
  }

  private static boolean allowedInXml(int c) {
    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
    return c >= 0x20 && !surrogate && c != 0xFFFE && c != 0xFFFF;
  }
}
