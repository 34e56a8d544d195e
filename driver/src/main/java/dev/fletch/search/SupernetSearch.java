package dev.fletch.search;

import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.BilevelStep;
import dev.fletch.bilevel.DivergedException;
import dev.fletch.bilevel.GradientSource;
import dev.fletch.bilevel.Score;
import dev.fletch.bilevel.SearchState;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.genotype.DartsDerivation;
import dev.fletch.genotype.Genotype;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.supernet.ArchitectureParameters;
import dev.fletch.supernet.Relaxation;
import dev.fletch.supernet.SoftmaxRelaxation;
import java.util.ArrayList;
import java.util.List;

/**
 * A search: epochs of bilevel steps, each followed by a validation, a record and a checkpoint.
 *
 * <p>In a run folder that holds a checkpoint of the same search it goes on after the newest, to the
 * same bits as if it had never stopped. It may be killed at any time: what is lost is the epoch
 * under way.
 */
public final class SupernetSearch {
  private final SearchPlan plan;
  private final SearchSettings settings;
  private final GradientSource source;
  private final RunFolder run;
  private final SearchListener listener;
  private final ArchitectureParameters layout;
  private final SearchCheckpoints checkpoints;
  private final BilevelStep step;
  private final List<EpochRecord> records = new ArrayList<>();
  private final List<String> history = new ArrayList<>();

  /**
   * @param source of the supernet that {@code plan} describes; stays open
   */
  public SupernetSearch(
      SearchPlan plan, GradientSource source, RunFolder run, SearchListener listener) {
    this.plan = plan;
    this.settings = plan.settings();
    this.source = source;
    this.run = run;
    this.listener = listener;
    this.layout = ArchitectureParameters.of(plan.supernet());
    this.checkpoints = new SearchCheckpoints(plan, run);
    this.step =
        new BilevelStep(source, AlphaGradient.ofOrder(settings.order()), settings.gradientClip());
    if (source.size().mixing() != layout.count()) {
      throw new IllegalArgumentException(
          "Cannot search: the network takes "
              + source.size().mixing()
              + " mixing weights, the space has "
              + layout.count());
    }
  }

  /**
   * Trains the epochs that are left. To be called once.
   *
   * @throws DivergedException if a loss is no longer finite; the run folder is as after the last
   *     whole epoch
   * @throws dev.fletch.runfolder.RunFolderRefusedException if a checkpoint was made with other
   *     settings
   */
  public SearchResult run() {
    SearchState state = resumeOrBegin();
    for (int epoch = records.size(); epoch < settings.epochs(); epoch++) {
      boolean collapsedBefore = epoch > 0 && records.get(epoch - 1).isCollapsed();
      EpochRecord record = epoch(state, epoch);
      records.add(record);
      history.add(record.toJson());
      run.writeLines(SearchResult.EPOCHS_FILE, history);
      checkpoints.save(epoch + 1, state, history);
      if (record.isCollapsed() && !collapsedBefore) {
        warnOfCollapse(record);
      }
      listener.epochDone(record);
    }
    return SearchResult.of(records, settings.epochs());
  }

  private SearchState resumeOrBegin() {
    Checkpoint newest = checkpoints.newest(listener::warning).orElse(null);
    if (newest == null) {
      listener.note("search starts at epoch 0 of " + settings.epochs());
      return new SearchState(
          TrainingVectors.initial(source, settings.weights(), plan.seed()),
          layout.initial(plan.seed()),
          settings.alpha().optimizer(layout.count()));
    }
    listener.note(
        newest.nextEpoch() == settings.epochs()
            ? "search was complete: nothing left to train"
            : "search goes on at epoch " + newest.nextEpoch() + " of " + settings.epochs());
    history.addAll(newest.history());
    records.addAll(SearchResult.records(history, "checkpoint of " + run.path()));
    // The file may be ahead of the checkpoint, or of one that was damaged.
    run.writeLines(SearchResult.EPOCHS_FILE, history);
    return checkpoints.restore(newest, source.size());
  }

  private EpochRecord epoch(SearchState state, int epoch) {
    long start = System.nanoTime();
    int epochs = settings.epochs();
    Relaxation relaxation =
        new SoftmaxRelaxation(layout.operations(), settings.temperature().inSoftmax(epoch, epochs));
    state.rescaleAlpha(settings.temperature().rescaling(epoch, epochs));
    Score train = steps(state, relaxation, epoch);
    double trainSeconds = secondsSince(start);

    float[] mixing = relaxation.mixing(state.alpha());
    Score validation =
        source.evaluate(
            Portion.ALPHA, state.training().weights(), mixing, state.training().statistics());
    Genotype genotype =
        new DartsDerivation()
            .derive(
                layout.normal(mixing),
                layout.reduction(mixing),
                plan.supernet().operations(),
                plan.supernet().nodes());
    double temperature = settings.temperature().at(epoch, epochs);
    AlphaFile.write(
        run, epoch, temperature, plan.supernet().operations(), layout, mixing, state.alpha());
    return new EpochRecord(
        epoch,
        temperature,
        train.accuracy(),
        validation.accuracy(),
        train.loss(),
        validation.loss(),
        layout.entropy(mixing).overall(),
        genotype,
        secondsSince(start),
        train.examples() / trainSeconds,
        Watch.NOTHING);
  }

  /** Mutates {@code state}; returns the mean score of the w minibatches. */
  private Score steps(SearchState state, Relaxation relaxation, int epoch) {
    long start = System.nanoTime();
    BilevelStep.Rates rates =
        new BilevelStep.Rates(
            settings.weightsRate().at(epoch, settings.epochs()),
            settings.alphaRate().at(epoch, settings.epochs()));
    ScoreSum scores = new ScoreSum();
    int steps = source.steps(Portion.WEIGHTS);
    for (int s = 0; s < steps; s++) {
      scores.add(step.take(state, relaxation, new StepId(epoch, s), rates).train());
      listener.stepDone(
          epoch, s, steps, scores.mean().loss(), scores.examples() / secondsSince(start));
    }
    return scores.mean();
  }

  private void warnOfCollapse(EpochRecord record) {
    listener.warning(
        "epoch "
            + record.epoch()
            + ": the normal cell is collapsing: "
            + EpochRecord.skipConnections(record.genotype().normal())
            + " of its genes are skip connections, more than half; later genotypes may be poor");
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
