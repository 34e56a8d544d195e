package dev.fletch.retrain;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.StateVectors;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.optimizer.WeightAverage;
import dev.fletch.retrain.TrainingResult.BestEpoch;
import dev.fletch.retrain.TrainingResult.NetworkCost;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.TrainingVectors;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one candidate network from scratch and tests it after the last epoch; what is evaluated
 * besides, and whether all of the training set is trained on, {@link Protocol} says. Writes a
 * checkpoint per epoch and goes on from the newest.
 */
final class CandidateTraining {
  private static final Logger LOG = LoggerFactory.getLogger(CandidateTraining.class);

  /** The newest, and one to fall back to when it is torn. */
  private static final int CHECKPOINTS_KEPT = 2;

  private final CandidateJob job;
  private final GradientSource source;
  private final RunFolder run;
  private final CheckpointFolder checkpoints;
  private final String metricsFile;
  private final List<String> history = new ArrayList<>();
  private final NetworkCost cost;
  private final Metric metric;
  private final List<String> classNames;
  private int nextEpoch;
  private double secondsLost;

  /**
   * @param cost the network's size as papers give it
   * @param metric what ranks epochs
   * @param classNames in order of the labels; empty for numbers
   */
  CandidateTraining(
      CandidateJob job,
      GradientSource source,
      RunFolder run,
      NetworkCost cost,
      Metric metric,
      List<String> classNames) {
    this.job = job;
    this.cost = cost;
    this.metric = metric;
    this.classNames = classNames;
    this.source = source;
    this.run = run;
    this.checkpoints = new CheckpointFolder(run, job.folder() + "/checkpoint", CHECKPOINTS_KEPT);
    this.metricsFile = TrainingEpoch.file(job.candidate(), job.seed());
  }

  /**
   * @throws DivergedException if a loss is not finite; files are as after the last whole epoch
   * @throws TimeLimitException if it takes longer than it was given; files are as after the last
   *     whole epoch
   */
  Outcome run() {
    TrainingState state = resumeOrBegin();
    while (nextEpoch < job.untilEpoch()) {
      state = train(state);
      run.writeLines(metricsFile, history);
      save(state);
    }
    return nextEpoch < job.settings().network().epochs()
        ? new Outcome.AtRung(job.candidate(), job.seed())
        : new Outcome.Trained(test(state));
  }

  private TrainingState resumeOrBegin() {
    Checkpoint newest = checkpoints.newest(LOG::warn).orElse(null);
    if (newest != null) {
      List<String> changes = newest.keys().changesTo(job.resultKeys());
      if (changes.isEmpty()) {
        nextEpoch = newest.nextEpoch();
        history.addAll(newest.history());
        run.writeLines(metricsFile, history);
        return TrainingVectors.restore(newest, source.size(), job.settings().weights());
      }
      LOG.warn(
          "{}: was trained with other settings ({}): training from the start",
          job.folder(),
          String.join("; ", changes));
      run.delete(job.folder());
    }
    return TrainingVectors.initial(source, job.settings().weights(), job.seed());
  }

  /**
   * Takes the state over, and returns that behind the epoch. An epoch that diverges may be begun
   * anew: which random numbers it then has is a function of seed, epoch and attempt, so that a
   * training that is interrupted meanwhile finds them again.
   */
  private TrainingState train(TrainingState state) {
    int retries = job.settings().divergenceRetries();
    TrainingState start = state;
    for (int attempt = 0; ; attempt++) {
      long begin = System.nanoTime();
      try {
        return train(start, attempt);
      } catch (DivergedException e) {
        if (attempt == retries) {
          throw e;
        }
        secondsLost += (System.nanoTime() - begin) / 1e9;
        LOG.warn(
            "{}: {}: going on from before epoch {} with other random numbers, attempt {} of {}",
            job.folder(),
            e.getMessage(),
            nextEpoch,
            attempt + 2,
            retries + 1);
        start = beforeEpoch();
      }
    }
  }

  private TrainingState train(TrainingState start, int attempt) {
    RetrainSettings settings = job.settings();
    double left = settings.fanOut().timeLimitSeconds() - secondsSoFar();
    EpochWork.Done<TrainingEpoch> done =
        source.carryOut(
            new TrainingWork(settings, metric, nextEpoch, attempt, left),
            TrainingVectors.vectors(start),
            step -> {});
    requireFiniteLoss(done.result());
    history.add(done.result().toJson());
    nextEpoch++;
    TrainingState state =
        TrainingVectors.restore(
            Checkpoint.of(nextEpoch, done.state()), source.size(), settings.weights());
    averageIfDue(state);
    return state;
  }

  /** What a step spoils only the evaluation may tell; the next epoch would begin with it. */
  private void requireFiniteLoss(TrainingEpoch epoch) {
    double loss = epoch.evaluated().validationLoss();
    boolean validates = job.settings().validates();
    if (job.settings().divergenceRetries() > 0 && validates && !Double.isFinite(loss)) {
      throw new DivergedException(
          "Training diverged in epoch %d: the validation loss is %s; lower the learning rate or the gradient clip"
              .formatted(epoch.epoch(), loss));
    }
  }

  private void averageIfDue(TrainingState state) {
    List<Double> losses = epochs().stream().map(e -> e.evaluated().validationLoss()).toList();
    if (state.average().isEmpty() && job.settings().weights().beginsAveraging(losses)) {
      state.averageFrom(new WeightAverage(nextEpoch, state.weights().length()));
      LOG.info("{}: weights are averaged from epoch {} on", job.folder(), nextEpoch);
    }
  }

  /** The state that the epoch under way began with. */
  private TrainingState beforeEpoch() {
    if (nextEpoch == 0) {
      return TrainingVectors.initial(source, job.settings().weights(), job.seed());
    }
    Checkpoint last =
        checkpoints
            .newest(LOG::warn)
            .filter(newest -> newest.nextEpoch() == nextEpoch)
            .orElseThrow(
                () ->
                    new RunFolderException(
                        "%s/%s: the checkpoint before epoch %d is gone or damaged: retrain"
                            .formatted(run.path(), job.folder(), nextEpoch)));
    return TrainingVectors.restore(last, source.size(), job.settings().weights());
  }

  private void save(TrainingState state) {
    StateVectors saved = TrainingVectors.vectors(state);
    checkpoints.save(
        new Checkpoint(
            nextEpoch, job.seed(), job.resultKeys(), saved.vectors(), saved.counters(), history));
  }

  private TrainingResult test(TrainingState state) {
    long start = System.nanoTime();
    Score test;
    try (TrainingState there = state.at(source.place())) {
      test = TrainingWork.score(source, Portion.TEST, there);
    }
    if (!Double.isFinite(test.loss())) {
      int epoch = nextEpoch - 1;
      int steps = source.steps(job.settings().protocol().trained(), epoch);
      throw new DivergedException(new StepId(epoch, steps - 1), 0, test.loss());
    }
    double testSeconds = (System.nanoTime() - start) / 1e9;
    List<TrainingEpoch> epochs = epochs();
    double trainSeconds = epochs.stream().mapToDouble(TrainingEpoch::seconds).sum();
    double images = epochs.stream().mapToDouble(e -> e.imagesPerSecond() * e.seconds()).sum();
    double evaluationSeconds = epochs.stream().mapToDouble(e -> e.evaluated().seconds()).sum();
    TrainingResult result =
        new TrainingResult(
            job.candidate(),
            job.seed(),
            metric,
            metric.of(test),
            test.loss(),
            test.confusion(),
            classNames,
            best(epochs),
            cost,
            trainSeconds + evaluationSeconds + testSeconds,
            images / trainSeconds,
            nextEpoch);
    ResultFile.write(run, result, job.resultKeys().digest());
    return result;
  }

  private double secondsSoFar() {
    return secondsLost
        + epochs().stream().mapToDouble(e -> e.seconds() + e.evaluated().seconds()).sum();
  }

  private BestEpoch best(List<TrainingEpoch> epochs) {
    BestEpoch best = BestEpoch.NONE;
    for (TrainingEpoch epoch : epochs) {
      double figure = epoch.evaluated().testFigure();
      if (metric.isBetter(figure, best.testFigure())) {
        best = new BestEpoch(epoch.epoch(), figure);
      }
    }
    return best;
  }

  private List<TrainingEpoch> epochs() {
    List<TrainingEpoch> epochs = new ArrayList<>();
    for (String line : history) {
      try {
        epochs.add(TrainingEpoch.fromJson(line));
      } catch (IllegalArgumentException e) {
        throw new RunFolderException(
            run.path() + "/" + job.folder() + ": its checkpoint has an unreadable epoch", e);
      }
    }
    return epochs;
  }
}
