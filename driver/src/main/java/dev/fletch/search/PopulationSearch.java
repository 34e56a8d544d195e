package dev.fletch.search;

import dev.fletch.architecture.Phenotype;
import dev.fletch.evolution.Individual;
import dev.fletch.evolution.Neat;
import dev.fletch.evolution.Population;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.Metric;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A search by evolution: generation after generation of genomes is scored by short trainings, and
 * bred from the one before. A generation counts as an epoch, whose genotype is its best genome.
 *
 * <p>What a generation is made of is a function of the settings, the seed and the scores alone, so
 * neither how many trainings run at a time nor where changes a bit. In a run folder that holds a
 * checkpoint of the same search it goes on after the newest; trainings of a generation that was
 * interrupted are not repeated.
 */
public final class PopulationSearch {
  private final PopulationPlan plan;
  private final RunFolder run;
  private final SearchListener listener;
  private final Neat neat;
  private final Evaluation evaluation;
  private final CheckpointFolder checkpoints;
  private final List<EpochRecord> records = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private Population population;

  /**
   * @param runner trains the networks of a generation
   */
  public PopulationSearch(
      PopulationPlan plan, FitnessRunner runner, RunFolder run, SearchListener listener) {
    this.plan = plan;
    this.run = run;
    this.listener = listener;
    this.neat = new Neat(plan.settings().neat(), plan.seed());
    this.evaluation = new Evaluation(plan, run, runner, listener);
    this.checkpoints =
        new CheckpointFolder(run, SearchCheckpoints.FOLDER, plan.settings().keepCheckpoints());
  }

  /**
   * Breeds and scores the generations that are left. To be called once.
   *
   * @throws DivergedException if no genome of a generation could be scored, each by its own fault
   * @throws RuntimeException what the runner throws if trainings were lost: the search goes on with
   *     them another time
   * @throws dev.fletch.runfolder.RunFolderRefusedException if a checkpoint was made with other
   *     settings
   */
  public SearchResult run() {
    resumeOrBegin();
    BudgetSettings budget = plan.settings().budget();
    Optional<String> end = budget.end(records);
    while (end.isEmpty()) {
      finish(generation());
      end = budget.end(records);
    }
    SearchResult result = new SearchResult(records, end.get(), OptionalInt.empty(), 0);
    if (result.endedEarly()) {
      listener.note("search ends after generation %d: %s".formatted(result.lastEpoch(), end.get()));
    }
    SearchEnd.write(run, plan, result);
    listener.searchDone(result);
    return result;
  }

  private void resumeOrBegin() {
    Checkpoint newest = checkpoints.newest(listener::warning).orElse(null);
    // it tells of an end that a damaged checkpoint may have taken back
    run.delete(SearchResult.RESULT_FILE);
    int generations = plan.settings().budget().generations();
    if (newest == null) {
      listener.note("search starts at generation 0 of " + generations);
      return;
    }
    newest.keys().requireSame(plan.keys(), "run folder " + run.path());
    history.addAll(newest.history());
    records.addAll(SearchResult.records(history, "checkpoint of " + run.path()));
    List<Population> before = PopulationFile.readAll(run, records.size());
    population = before.get(before.size() - 1);
    evaluation.recall(before);
    evaluation.removeOld();
    listener.note(
        plan.settings().budget().end(records).isPresent()
            ? "search was complete: nothing left to train"
            : "search goes on at generation " + records.size() + " of " + generations);
    // The file may be ahead of the checkpoint, or of one that was damaged.
    run.writeLines(SearchResult.EPOCHS_FILE, history);
  }

  private EpochRecord generation() {
    GenerationClock clock = new GenerationClock();
    Population bred = population == null ? neat.firstGeneration() : neat.next(population);
    Evaluation.Scores scores = evaluation.score(bred, clock);
    Metric metric = plan.metric();
    population = bred.scored(scores.ofGenomes().stream().map(f -> f.value(metric)).toList());
    int best = best();
    Fitness ofBest = scores.ofGenomes().get(best);
    if (ofBest.isFailed()) {
      throw new DivergedException(
          "no genome of generation %d could be scored; the first of them: %s"
              .formatted(population.generation(), ofBest.failure()));
    }
    PopulationFile.write(run, population);
    double seconds = clock.seconds();
    long images = scores.trained().stream().mapToLong(Fitness::images).sum();
    return new EpochRecord(
        population.generation(),
        metric,
        ofBest.trainFigure(),
        ofBest.validationFigure(),
        ofBest.trainLoss(),
        ofBest.validationLoss(),
        population.individuals().get(best).genome(),
        seconds,
        images / seconds,
        details(best, scores));
  }

  /** The place of the best genome, the first of equals. */
  private int best() {
    List<Double> fitness = population.fitness();
    return IntStream.range(0, fitness.size())
        .reduce((one, other) -> fitness.get(other) > fitness.get(one) ? other : one)
        .orElseThrow();
  }

  private GenerationDetails details(int best, Evaluation.Scores scores) {
    List<Individual> individuals = population.individuals();
    Phenotype phenotype = individuals.get(best).genome().phenotype();
    List<Fitness> all = scores.ofGenomes();
    List<GenerationDetails.Failure> failures =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).isFailed())
            .mapToObj(
                i -> new GenerationDetails.Failure(individuals.get(i).id(), all.get(i).failure()))
            .toList();
    int before =
        records.isEmpty()
            ? 0
            : records.get(records.size() - 1).generation().orElseThrow().evaluations();
    return new GenerationDetails(
        individuals.get(best).id(),
        phenotype.nodes().size(),
        phenotype.connections(),
        all.get(best).parameters(),
        all.size(),
        (int) all.stream().mapToInt(Fitness::id).distinct().count(),
        scores.trained().size(),
        before + scores.trained().size(),
        all.stream()
            .filter(fitness -> !fitness.isFailed())
            .mapToDouble(Fitness::validationFigure)
            .average()
            .orElse(Double.NaN),
        population.species().size(),
        failures);
  }

  private void finish(EpochRecord record) {
    records.add(record);
    history.add(record.toJson());
    run.writeLines(SearchResult.EPOCHS_FILE, history);
    checkpoints.save(
        new Checkpoint(record.epoch() + 1, plan.seed(), plan.keys(), Map.of(), Map.of(), history));
    evaluation.removeOld();
    listener.epochDone(record);
  }
}
