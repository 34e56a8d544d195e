package dev.fletch.search;

import dev.fletch.architecture.Genome;
import dev.fletch.evolution.DistinctNetworks;
import dev.fletch.evolution.Individual;
import dev.fletch.evolution.Population;
import dev.fletch.runfolder.RunFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scores generations: every different network of a whole search is trained once, and all genomes
 * that describe it have its score.
 *
 * <p>Where children inherit weights, a score depends on where the training began, and so on the
 * parents of the first genome that describes the network, and on theirs in turn: later genomes are
 * given that score whoever their own parents are. It still is a function of settings and seed
 * alone, since the generations, and who is first in them, are.
 */
final class Evaluation {
  private final PopulationPlan plan;
  private final RunFolder run;
  private final FitnessRunner runner;
  private final SearchListener listener;
  private final String digest;
  private final boolean inherits;
  private final Heirs heirs;

  /** Of the generations so far, by rising id. */
  private final List<Fitness> known = new ArrayList<>();

  Evaluation(PopulationPlan plan, RunFolder run, FitnessRunner runner, SearchListener listener) {
    this.plan = plan;
    this.run = run;
    this.runner = runner;
    this.listener = listener;
    this.digest = plan.keys().digest();
    this.inherits = plan.settings().neat().inheritWeights();
    this.heirs = new Heirs(run);
  }

  /**
   * What a generation came to.
   *
   * @param ofGenomes in the order of the population
   * @param trained networks that no generation before had, by rising id
   */
  record Scores(List<Fitness> ofGenomes, List<Fitness> trained) {}

  /** Takes over what was scored before the search was interrupted. */
  void recall(List<Population> generations) {
    for (Population generation : generations) {
      for (Individual individual : generation.individuals()) {
        kept(individual).map(FitnessFile.Entry::fitness).ifPresent(known::add);
      }
    }
    if (inherits) {
      heirs.recall(generations, known);
    }
  }

  /**
   * Trains the networks that are new in {@code population}, and writes what each came to.
   *
   * @param clock of the generation; goes on from what was kept of it when it was interrupted
   * @throws RuntimeException if trainings were lost; what the others came to is kept
   */
  Scores score(Population population, GenerationClock clock) {
    List<Individual> individuals = population.individuals();
    List<Genome> genomes = new ArrayList<>(known.stream().map(Fitness::genome).toList());
    genomes.addAll(population.genomes());
    List<Integer> first = DistinctNetworks.representatives(genomes);
    int before = known.size();
    List<Individual> fresh = new ArrayList<>();
    for (int i = 0; i < individuals.size(); i++) {
      if (first.get(before + i) == before + i) {
        fresh.add(individuals.get(i));
      }
    }
    Map<Integer, Fitness> trained = train(population.generation(), fresh, clock);
    List<Fitness> ofGenomes = new ArrayList<>();
    for (int i = 0; i < individuals.size(); i++) {
      int representative = first.get(before + i);
      ofGenomes.add(
          representative < before
              ? known.get(representative)
              : trained.get(individuals.get(representative - before).id()));
    }
    Collection<Fitness> all = trained.values();
    known.addAll(all);
    if (inherits) {
      heirs.scored(population, ofGenomes);
    }
    return new Scores(ofGenomes, List.copyOf(all));
  }

  /** Removes what the generations to come cannot need; to be called when one has been recorded. */
  void removeOld() {
    if (inherits) {
      heirs.removeOld();
    }
  }

  /** By id, in the order of {@code individuals}. */
  private Map<Integer, Fitness> train(
      int generation, List<Individual> individuals, GenerationClock clock) {
    Map<Integer, Fitness> found = new HashMap<>();
    List<FitnessJob> jobs = new ArrayList<>();
    for (Individual individual : individuals) {
      Optional<FitnessFile.Entry> kept = kept(individual);
      if (kept.isPresent()) {
        found.put(individual.id(), kept.get().fitness());
        clock.goOnFrom(kept.get().generationSeconds());
      } else {
        jobs.add(job(individual));
      }
    }
    if (!jobs.isEmpty()) {
      AtomicInteger done = new AtomicInteger(found.size());
      List<Fitness> results =
          runner.runAll(
              jobs,
              plan.settings().fitness().parallel(),
              fitness -> {
                FitnessFile.write(run, new FitnessFile.Entry(fitness, clock.seconds()), digest);
                listener.networkScored(generation, done.incrementAndGet(), individuals.size());
              });
      for (Fitness fitness : results) {
        found.put(fitness.id(), fitness);
      }
    }
    Map<Integer, Fitness> ordered = new LinkedHashMap<>();
    individuals.forEach(individual -> ordered.put(individual.id(), found.get(individual.id())));
    ordered.values().stream().filter(Fitness::isFailed).forEach(this::report);
    return ordered;
  }

  private Optional<FitnessFile.Entry> kept(Individual individual) {
    return FitnessFile.read(run, individual.id(), individual.genome(), digest);
  }

  private FitnessJob job(Individual individual) {
    return new FitnessJob(
        individual.id(),
        individual.genome(),
        plan.settings().fitness(),
        plan.data(),
        plan.seed(),
        inherits ? heirs.heritage(individual) : Heritage.NONE);
  }

  private void report(Fitness failed) {
    listener.warning(
        "genome %d has the lowest fitness: %s (%s)"
            .formatted(failed.id(), failed.failure(), failed.genome().text()));
  }
}
