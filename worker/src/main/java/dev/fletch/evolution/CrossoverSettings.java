package dev.fletch.evolution;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * How children come to be.
 *
 * @param probability that a child has two parents; otherwise it has one, mutated or not
 * @param staysDisabled probability that a connection that is disabled in either parent is disabled
 *     in the child, where {@code rule} is {@link CrossoverRule#STANLEY}
 */
public record CrossoverSettings(CrossoverRule rule, double probability, double staysDisabled)
    implements Serializable {
  public CrossoverSettings {
    new Checks()
        .between("probability", probability, 0, 1)
        .between("stays-disabled", staysDisabled, 0, 1)
        .orThrow();
  }
}
