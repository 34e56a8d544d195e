package dev.fletch.report.model;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Operation;
import dev.fletch.evolution.CrossoverRule;
import dev.fletch.evolution.CrossoverSettings;
import dev.fletch.evolution.GenomeSpace;
import dev.fletch.evolution.Individual;
import dev.fletch.evolution.InnovationTable;
import dev.fletch.evolution.MutationSettings;
import dev.fletch.evolution.Neat;
import dev.fletch.evolution.NeatSettings;
import dev.fletch.evolution.Origin;
import dev.fletch.evolution.Population;
import dev.fletch.evolution.SelectionRule;
import dev.fletch.evolution.SelectionSettings;
import dev.fletch.evolution.SpeciesSettings;
import dev.fletch.gradient.Metrics;
import dev.fletch.retrain.Candidate;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SearchResult;
import dev.fletch.search.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up searches by evolution. */
public final class EvolvedSamples {
  private EvolvedSamples() {}

  /**
   * A genome of one node.
   *
   * @param text of the node's ports
   */
  public static Genome small(String text) {
    return Genome.parse(
        "genome output=1 nodes=[1:add(%s)] connections=[1:0>1:I,2:0>1:J]".formatted(text));
  }

  /** A generation of made-up individuals. */
  public static Population population(
      int generation, List<Individual> individuals, List<Double> fitness) {
    return new Population(
        generation, individuals, List.of(), new InnovationTable(List.of()), fitness);
  }

  public static Individual individual(int id, Origin origin, Integer... parents) {
    return new Individual(id, small("sep_conv_3,identity"), origin, List.of(parents));
  }

  /** Generations of NEAT with species, where larger genomes are fitter. */
  public static PopulationReport evolved(int generations, int size) {
    Neat neat =
        new Neat(
            new NeatSettings(
                size,
                1,
                false,
                new MutationSettings(0.8, 2, 2, 1, 1, 1, 0.3),
                new CrossoverSettings(CrossoverRule.STANLEY, 0.6, 0.75),
                new SelectionSettings(SelectionRule.RANK, 1, 1),
                new SpeciesSettings(true, 1, 1, 0.4, 20, 1, 15, 6, 0.4, 0.001),
                new GenomeSpace(
                    Operation.STRUCTURES,
                    List.of(Activation.values()),
                    List.of(Aggregation.values()),
                    8)),
            5);
    Random random = new Random(3);
    List<Population> all = new ArrayList<>();
    List<GenerationCost> costs = new ArrayList<>();
    Population now = neat.firstGeneration();
    for (int g = 0; g < generations; g++) {
      now = g == 0 ? now : neat.next(now);
      now = now.scored(now.individuals().stream().map(i -> fitness(i, random)).toList());
      all.add(now);
      costs.add(new GenerationCost(size - random.nextInt(size / 2), 40 + 60 * random.nextDouble()));
    }
    return new PopulationReport(all, costs);
  }

  private static double fitness(Individual individual, Random random) {
    int nodes = individual.genome().phenotype().nodes().size();
    return random.nextInt(12) == 0
        ? Double.NaN
        : 0.99 - 0.3 / (1 + nodes) + 0.01 * random.nextGaussian();
  }

  /** A run whose epochs are generations, each with its best genome; two genomes are retrained. */
  public static RunReport run(PopulationReport population) {
    List<EpochRecord> epochs =
        population.lines().stream()
            .map(
                line ->
                    new EpochRecord(
                        line.generation(),
                        Double.NaN,
                        Metrics.DEFAULT,
                        line.mean(),
                        line.best(),
                        0.4,
                        0.5,
                        Double.NaN,
                        best(population, line),
                        line.cost().seconds(),
                        Double.NaN,
                        Watch.NOTHING))
            .toList();
    SearchReport search =
        new SearchReport(
            "neat", 1, 0, true, Optional.of(new SearchResult(epochs, "completed")), List.of());
    int last = epochs.size() - 1;
    return Samples.of(
            search,
            candidate("best-validation", last, epochs.get(last).genotype()),
            candidate("epoch-0", 0, epochs.get(0).genotype()))
        .with(population);
  }

  private static Genome best(PopulationReport population, GenerationLine line) {
    return population.generations().get(line.generation()).individuals().stream()
        .filter(individual -> individual.id() == line.bestId())
        .findFirst()
        .orElseThrow()
        .genome();
  }

  /** Of two trainings. */
  public static CandidateReport candidate(String id, int epoch, Architecture architecture) {
    return new CandidateReport(
        new Candidate(id, List.of(new Candidate.Origin(id, OptionalInt.of(epoch))), architecture),
        IntStream.range(0, 2)
            .mapToObj(seed -> Samples.plain(id, seed, 0.98 + 0.001 * seed + 0.0001 * epoch, 41_000))
            .toList());
  }
}
