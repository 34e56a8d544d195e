package dev.fletch.evolution;

import dev.fletch.settings.HasText;
import java.util.Locale;

/** How a genome came into its generation. */
public enum Origin implements HasText {
  /** Drawn for the first generation. */
  FIRST,
  /** As it was in the generation before: the one parent computes the same. */
  COPY,
  /** Of one parent, by mutation. */
  MUTATION,
  /** Of two parents, mutated or not. */
  CROSSOVER;

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
