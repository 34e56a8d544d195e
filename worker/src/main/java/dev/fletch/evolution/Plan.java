package dev.fletch.evolution;

import dev.fletch.architecture.Genome;
import dev.fletch.data.SeededRandom;
import java.util.List;
import java.util.Optional;

/**
 * What is to become a child, before anything new has got a number.
 *
 * @param parents one or two, the fitter first
 */
record Plan(List<Parent> parents) {
  /**
   * @param member its place in the population
   * @param mutation what is done to it before it is crossed
   */
  record Parent(int member, Optional<Mutation> mutation) {
    Genome mutated(Population population, Numbering numbers) {
      Genome genome = population.individuals().get(member).genome();
      return mutation.map(m -> m.of(genome, numbers)).orElse(genome);
    }
  }

  Origin origin() {
    if (parents.size() > 1) {
      return Origin.CROSSOVER;
    }
    return parents.get(0).mutation().isPresent() ? Origin.MUTATION : Origin.COPY;
  }

  Genome child(Population population, Numbering numbers, Crossover crossover, SeededRandom random) {
    List<Genome> mutated = parents.stream().map(p -> p.mutated(population, numbers)).toList();
    if (mutated.size() == 1) {
      return mutated.get(0);
    }
    List<Double> fitness = population.fitness();
    boolean areEqual =
        fitness.get(parents.get(0).member()).equals(fitness.get(parents.get(1).member()));
    return crossover.child(mutated.get(0), mutated.get(1), areEqual, random);
  }
}
