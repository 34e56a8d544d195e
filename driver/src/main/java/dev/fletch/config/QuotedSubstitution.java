package dev.fletch.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A substitution inside quotes, which HOCON leaves as it stands: {@code "${HOME}/runs"} would make
 * a folder of that very name.
 */
final class QuotedSubstitution {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??[^{}]+}");

  private QuotedSubstitution() {}

  /** Reports every text below {@code section} that has a substitution in it. */
  static void refuse(ConfigObject section, Problems problems) {
    refuse("", section, problems);
  }

  private static void refuse(String path, ConfigValue value, Problems problems) {
    if (value instanceof ConfigObject section) {
      String prefix = path.isEmpty() ? "" : path + ".";
      section.forEach((key, below) -> refuse(prefix + key, below, problems));
    } else if (value instanceof ConfigList list) {
      list.forEach(element -> refuse(path, element, problems));
    } else if (value.unwrapped() instanceof String text && SUBSTITUTION.matcher(text).find()) {
      problems.add(value.origin(), path, rule(value, text));
    }
  }

  private static String rule(ConfigValue value, String text) {
    Matcher found = SUBSTITUTION.matcher(text);
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (found.find()) {
      addQuoted(parts, text.substring(from, found.start()));
      parts.add(found.group());
      from = found.end();
    }
    addQuoted(parts, text.substring(from));
    return "has a substitution inside quotes, where it means nothing: write "
        + String.join("", parts)
        + (value.origin().description().equals(Problems.OVERRIDE)
            ? " in the file, or let the shell fill it in"
            : "")
        + ", got "
        + Values.shown(value);
  }

  private static void addQuoted(List<String> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(ConfigUtil.quoteString(text));
    }
  }
}
