package dev.fletch.evolution;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * How parents are chosen.
 *
 * @param tournamentSize genomes that take part in a tournament, all different
 * @param tournamentProbability p, that the best of a tournament wins it; what is left after all
 *     others is the last one's
 */
public record SelectionSettings(
    SelectionRule rule, int tournamentSize, double tournamentProbability) implements Serializable {
  public SelectionSettings {
    new Checks()
        .atLeast("tournament-size", tournamentSize, 1)
        .positive("tournament-probability", tournamentProbability)
        .between("tournament-probability", tournamentProbability, 0, 1)
        .orThrow();
  }
}
