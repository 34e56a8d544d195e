package dev.fletch.architecture;

import dev.fletch.settings.HasText;
import java.util.Locale;

/** How a node joins its two inputs, element by element; the order of them is all one. */
public enum Aggregation implements HasText {
  ADD,
  MULTIPLY;

  /** The name in genomes, configuration and reports: {@code add}. */
  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
