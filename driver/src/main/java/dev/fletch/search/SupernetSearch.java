package dev.fletch.search;

import dev.fletch.bilevel.SearchState;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.Score;
import dev.fletch.method.Composition;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.supernet.ArchitectureParameters;
import dev.fletch.supernet.OperationMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search: epochs of steps, each epoch followed by a validation, a record and a checkpoint. What a
 * step is, and what follows from alpha, is the method's business; where steps are taken is that of
 * the source of gradients.
 *
 * <p>In a run folder that holds a checkpoint of the same search it goes on after the newest, to the
 * same bits as if it had never stopped. It may be killed at any time: what is lost is the epoch
 * under way.
 */
public final class SupernetSearch {
  private final SearchPlan plan;
  private final SearchSettings settings;
  private final SupernetSources sources;
  private final RunFolder run;
  private final SearchListener listener;
  private final SearchCheckpoints checkpoints;
  private final CollapseWarnings warnings;
  private final List<EpochRecord> records = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private SearchStage stage;
  private SearchState state;

  /**
   * @param sources of the supernets that the method asks for
   */
  public SupernetSearch(
      SearchPlan plan, SupernetSources sources, RunFolder run, SearchListener listener) {
    this.plan = plan;
    this.settings = plan.settings();
    this.sources = sources;
    this.run = run;
    this.listener = listener;
    this.checkpoints = new SearchCheckpoints(plan, run);
    this.warnings = new CollapseWarnings(listener::warning);
  }

  /**
   * Trains the epochs that are left. To be called once.
   *
   * @throws dev.fletch.gradient.DivergedException if a loss is no longer finite; the run folder is
   *     as after the last whole epoch
   * @throws dev.fletch.runfolder.RunFolderRefusedException if a checkpoint was made with other
   *     settings
   */
  public SearchResult run() {
    try {
      resumeOrBegin();
      Optional<StopRule.Stop> stop = stop();
      while (records.size() < settings.epochs() && stop.isEmpty()) {
        int epoch = records.size();
        if (epoch == stage.stage().end()) {
          stage = stage.next(state, sources);
          state = stage.begin();
        }
        finish(epoch(epoch));
        stop = stop();
      }
      SearchResult result = result(stop);
      SearchEnd.write(run, settings, result);
      listener.searchDone(result);
      return result;
    } finally {
      if (stage != null) {
        stage.close();
      }
    }
  }

  private void resumeOrBegin() {
    Checkpoint newest = checkpoints.newest(listener::warning).orElse(null);
    // it tells of an end that a damaged checkpoint may have taken back
    run.delete(SearchResult.RESULT_FILE);
    if (newest == null) {
      listener.note("search starts at epoch 0 of " + settings.epochs());
      stage = SearchStage.open(plan, 0, OperationMask.ALL, sources);
      state = stage.begin();
      return;
    }
    history.addAll(newest.history());
    records.addAll(SearchResult.records(history, "checkpoint of " + run.path()));
    listener.note(
        records.size() == settings.epochs() || stop().isPresent()
            ? "search was complete: nothing left to train"
            : "search goes on at epoch " + records.size() + " of " + settings.epochs());
    // The file may be ahead of the checkpoint, or of one that was damaged.
    run.writeLines(SearchResult.EPOCHS_FILE, history);
    stage = SearchStage.open(plan, newest.nextEpoch() - 1, checkpoints.mask(newest), sources);
    state =
        checkpoints.restore(newest, stage.source().size(), stage.composition().alpha().length());
  }

  private EpochRecord epoch(int epoch) {
    long start = System.nanoTime();
    EpochWork.Done<SearchEpoch.Measured> done =
        stage
            .source()
            .carryOut(
                new SearchEpoch(plan, stage.stage(), epoch),
                SearchCheckpoints.vectors(state),
                step ->
                    listener.stepDone(
                        epoch, step.step(), step.steps(), step.loss(), step.examplesPerSecond()));
    Composition composition = stage.composition();
    state =
        SearchCheckpoints.restore(
            plan, epoch + 1, done.state(), stage.source().size(), composition.alpha().length());
    SearchEpoch.Measured measured = done.result();
    SupernetReading reading = measured.reading();
    Score train = measured.train();
    ArchitectureParameters layout = ArchitectureParameters.of(composition.supernet());
    AlphaFile.write(
        run,
        epoch,
        measured.temperature(),
        composition.supernet(),
        reading.strength(),
        state.alpha());
    return new EpochRecord(
        epoch,
        measured.temperature(),
        plan.metric(),
        plan.metric().of(train),
        plan.metric().of(reading.validation()),
        train.loss(),
        reading.validation().loss(),
        layout.entropy(reading.strength()).overall(),
        reading.genotype(),
        secondsSince(start),
        train.examples() / measured.trainSeconds(),
        measured.watch());
  }

  private void finish(EpochRecord record) {
    records.add(record);
    history.add(record.toJson());
    run.writeLines(SearchResult.EPOCHS_FILE, history);
    checkpoints.save(record.epoch() + 1, state, stage.stage().mask(), history);
    warnings.look(records);
    listener.epochDone(record);
  }

  private Optional<StopRule.Stop> stop() {
    return records.isEmpty() ? Optional.empty() : settings.stop().check(records);
  }

  private SearchResult result(Optional<StopRule.Stop> stop) {
    if (stop.isEmpty()) {
      return SearchResult.of(records, settings.epochs(), plan.comparableFrom());
    }
    listener.warning(
        "search ends after epoch " + (records.size() - 1) + ": " + stop.get().reason());
    return new SearchResult(
        records, stop.get().reason(), stop.get().beforeCollapse(), plan.comparableFrom());
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
