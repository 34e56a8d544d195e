package dev.fletch.settings;

import java.util.Locale;

/** How Java names are written in a configuration: {@code warmUp} and {@code WarmUp} as warm-up. */
public final class KeyName {
  private KeyName() {}

  public static String of(String javaName) {
    return javaName.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
