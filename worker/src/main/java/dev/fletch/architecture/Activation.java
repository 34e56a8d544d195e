package dev.fletch.architecture;

import dev.fletch.settings.HasText;
import java.util.Locale;

/** What is applied to every value that an operation of a genome's port gives. */
public enum Activation implements HasText {
  IDENTITY,
  RELU,
  SIGMOID,
  TANH;

  /** The name in genomes, configuration and reports: {@code relu}. */
  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
