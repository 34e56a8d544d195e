package dev.fletch.engine;

import dev.fletch.settings.HasText;
import java.util.Locale;

/** How exactly products of activations are computed on a card; the host computes in float32. */
public enum Precision implements HasText {
  /** As the host does. */
  FLOAT32,

  /**
   * Factors are rounded to 10 bits behind the point, as tensor cores of cards since Ampere ask for;
   * sums are in float32.
   */
  TF32;

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
