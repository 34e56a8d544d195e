package dev.fletch.engine;

import dev.fletch.settings.HasText;
import java.util.Locale;

/** What a run wants its networks computed on. */
public enum DeviceChoice implements HasText {
  /** Cards where there are some for it, processors elsewhere. */
  AUTO,

  /** Processors. */
  CPU,

  /** Cards, and nothing else. */
  CUDA;

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of that text.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DeviceChoice of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
