package dev.fletch.evolution;

import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;

/**
 * How genomes evolve.
 *
 * @param population genomes of a generation
 * @param elitism how many of the best go into the next generation as they are
 * @param inheritWeights whether a child's weights start as the trained ones of the parent that it
 *     has a gene from, which {@link Inheritance} tells, or else as freshly drawn ones
 */
public record NeatSettings(
    int population,
    int elitism,
    boolean inheritWeights,
    MutationSettings mutation,
    CrossoverSettings crossover,
    SelectionSettings selection,
    SpeciesSettings species,
    @Key(inline = true) GenomeSpace space)
    implements Serializable {
  public NeatSettings {
    new Checks()
        .atLeast("population", population, 1)
        .atLeast("elitism", elitism, 0)
        .require(
            "elitism",
            elitism < Math.max(1, population),
            "must be below population, or nothing ever changes, got " + elitism,
            "population")
        .orThrow();
  }
}
