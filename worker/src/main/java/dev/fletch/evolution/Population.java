package dev.fletch.evolution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Genome;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A generation with all that the next one is made of.
 *
 * @param generation from 0 on
 * @param species none where genomes do not compete within species
 * @param innovations of all generations up to this one
 * @param fitness of each individual, more is better, {@link #FAILED} of one that failed or
 *     diverged; empty as long as it is not known
 */
public record Population(
    int generation,
    List<Individual> individuals,
    List<Species> species,
    InnovationTable innovations,
    List<Double> fitness)
    implements Serializable {
  /** The lowest fitness there is: that of a genome that could not be trained. */
  public static final double FAILED = Double.NEGATIVE_INFINITY;

  public Population {
    individuals = List.copyOf(individuals);
    species = List.copyOf(species);
    // no number is a failure too: it would be above all others in an order
    fitness = fitness.stream().map(f -> isFailed(f) ? FAILED : f).toList();
    if (individuals.isEmpty()) {
      throw new IllegalArgumentException("Invalid population: it must have an individual");
    }
    if (!fitness.isEmpty() && fitness.size() != individuals.size()) {
      throw new IllegalArgumentException(
          "Invalid population: %d individuals have %d values of fitness; give one for each"
              .formatted(individuals.size(), fitness.size()));
    }
  }

  /** Whether a fitness is no finite number, as of a training that diverged. */
  public static boolean isFailed(double fitness) {
    return !Double.isFinite(fitness);
  }

  /**
   * This population when the fitness of each individual is known.
   *
   * @param values more is better; any that is no finite number becomes {@link #FAILED}
   */
  public Population scored(List<Double> values) {
    Population scored = new Population(generation, individuals, species, innovations, values);
    List<Species> updated =
        species.stream().map(s -> s.scored(scored.fitness, generation)).toList();
    return new Population(generation, individuals, updated, innovations, values);
  }

  public boolean isScored() {
    return !fitness.isEmpty();
  }

  public List<Genome> genomes() {
    return individuals.stream().map(Individual::genome).toList();
  }

  /** Places of all individuals. */
  List<Integer> members() {
    return IntStream.range(0, individuals.size()).boxed().toList();
  }

  /** The form inside JSON documents, which {@link #read} reads to the same bits. */
  public ObjectNode json() {
    return PopulationJson.tree(this);
  }

  /**
   * Reads what {@link #json} writes.
   *
   * @param json a whole document
   * @throws IllegalArgumentException if it is no population, or of a newer format
   */
  public static Population read(String json) {
    return PopulationJson.read(json);
  }
}
