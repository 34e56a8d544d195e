package dev.fletch.settings;

import java.util.Locale;

/** How Java names are written in a configuration: {@code warmUp} and {@code WarmUp} as warm-up. */
public final class KeyName {
  private KeyName() {}

  /** A constant: its own text, or {@code HELD_OUT} as held-out. */
  public static String ofConstant(Enum<?> constant) {
    return constant instanceof HasText named
        ? named.text()
        : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static String of(String javaName) {
    return javaName.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
