package dev.fletch.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.fletch.settings.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names of trials: readable, the same at every start, and fit for folders on any file system. */
final class TrialNames {
  /** In a section among a key's values: its name, and no key of the configuration. */
  static final String LABEL = "label";

  /** Keys whose value says more than any other of a section. */
  private static final List<String> SELECTORS =
      List.of(OptimizerReader.OPTIMIZER, MethodReader.NAME);

  private static final int LONGEST = 120;
  private static final int KEPT = 100;
  private static final int PLAIN_DIGITS = 9;

  private TrialNames() {}

  /**
   * Each path with the shortest end of it that no other path has, cut at dots.
   *
   * @return in the order of {@code paths}
   */
  static Map<String, String> shortKeys(List<String> paths) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String path : paths) {
      String end = path.substring(path.lastIndexOf('.') + 1);
      while (end.length() < path.length() && !isClear(end, path, paths)) {
        int dot = path.lastIndexOf('.', path.length() - end.length() - 2);
        end = path.substring(dot + 1);
      }
      keys.put(path, end);
    }
    return keys;
  }

  private static boolean isClear(String end, String path, List<String> paths) {
    return paths.stream()
        .filter(p -> !p.equals(path))
        .noneMatch(p -> p.equals(end) || p.endsWith("." + end));
  }

  /** {@code weights.optimizer=adam,alpha.optimizer=sgd}, shortened where it would be too long. */
  static String of(Map<String, String> labels) {
    String name =
        labels.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
    return name.length() <= LONGEST ? name : name.substring(0, KEPT) + "-" + digest(name);
  }

  /** A value as a part of a name. */
  static String label(ConfigValue value) {
    String text =
        switch (value.valueType()) {
          case OBJECT -> sectionLabel((ConfigObject) value);
          case LIST ->
              ((ConfigList) value).stream().map(TrialNames::label).collect(Collectors.joining("+"));
          case NULL -> "null";
          case NUMBER -> number(new BigDecimal(value.unwrapped().toString()));
          case STRING, BOOLEAN -> Values.text(value).orElseThrow();
        };
    String safe = text.replaceAll("[^A-Za-z0-9._+-]+", "-");
    return safe.isEmpty() ? "empty" : safe;
  }

  /** {@code 64}, {@code 0.025}, {@code 1e-4}: as people write it, however it was written. */
  private static String number(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    int exponent = plain.precision() - plain.scale() - 1;
    if (plain.signum() == 0 || (exponent >= -3 && exponent < PLAIN_DIGITS)) {
      return plain.toPlainString();
    }
    return plain.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  /** Its label; else its optimizer or its method's name, then the other keys with their values. */
  private static String sectionLabel(ConfigObject section) {
    if (section.containsKey(LABEL)) {
      return label(section.get(LABEL));
    }
    StringBuilder text = new StringBuilder();
    for (String selector : SELECTORS) {
      if (section.containsKey(selector)) {
        text.append(label(section.get(selector)));
      }
    }
    new TreeMap<>(section)
        .forEach(
            (key, value) -> {
              if (!SELECTORS.contains(key)) {
                text.append(text.isEmpty() ? "" : "-").append(key + "-" + label(value));
              }
            });
    return text.toString();
  }

  private static String digest(String name) {
    return Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
  }
}
