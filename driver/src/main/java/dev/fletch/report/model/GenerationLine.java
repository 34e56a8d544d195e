package dev.fletch.report.model;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Phenotype;
import dev.fletch.evolution.Individual;
import dev.fletch.evolution.Population;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A generation in numbers.
 *
 * @param best fitness of its best individual; NaN if none has one
 * @param mean fitness of those that have one; NaN if none has
 * @param failures individuals that have none
 * @param bestId id of the best individual, the first of several; that of the first one if none has
 *     a fitness
 * @param bestNodes nodes of the best individual that its output is computed from
 * @param nodes mean number of such nodes over all individuals
 * @param connections mean number of connections that carry something
 * @param species 0 where genomes do not compete within species
 */
public record GenerationLine(
    int generation,
    int individuals,
    double best,
    double mean,
    int failures,
    int bestId,
    int bestNodes,
    double nodes,
    double connections,
    int species,
    GenerationCost cost) {
  static GenerationLine of(Population population, GenerationCost cost) {
    List<Individual> individuals = population.individuals();
    List<Double> fitness =
        population.fitness().stream().filter(f -> !Population.isFailed(f)).toList();
    Individual best = individuals.get(best(population));
    List<Phenotype> phenotypes = population.genomes().stream().map(Genome::phenotype).toList();
    return new GenerationLine(
        population.generation(),
        individuals.size(),
        fitness.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN),
        fitness.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN),
        individuals.size() - fitness.size(),
        best.id(),
        best.genome().phenotype().nodes().size(),
        phenotypes.stream().mapToInt(p -> p.nodes().size()).average().orElseThrow(),
        phenotypes.stream().mapToInt(Phenotype::connections).average().orElseThrow(),
        population.species().size(),
        cost);
  }

  /** Place of the fittest, the first of several. */
  static int best(Population population) {
    List<Double> fitness = population.fitness();
    return IntStream.range(0, fitness.size())
        .reduce((a, b) -> fitness.get(b) > fitness.get(a) ? b : a)
        .orElse(0);
  }
}
