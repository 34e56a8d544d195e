package dev.fletch.retrain;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Score;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.optimizer.WeightStep;
import dev.fletch.retrain.TrainingEpoch.Evaluated;
import dev.fletch.retrain.TrainingResult.BestEpoch;
import dev.fletch.retrain.TrainingResult.NetworkCost;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.TrainingVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  private static final float[] NO_MIXING = {};
  private static final Score UNKNOWN = new Score(Double.NaN, Double.NaN, 0);

  private final CandidateJob job;
  private final GradientSource source;
  private final RunFolder run;
  private final CheckpointFolder checkpoints;
  private final String metricsFile;
  private final List<String> history = new ArrayList<>();
  private final NetworkCost cost;
  private final Metric metric;
  private final List<String> classNames;
  private final Protocol protocol;
  private final Portion trained;
  private int nextEpoch;

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
    this.protocol = job.settings().protocol();
    this.trained = protocol.validates() ? Portion.FIT : Portion.TRAIN;
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
      TrainingEpoch epoch = train(state, nextEpoch);
      history.add(epoch.toJson());
      nextEpoch++;
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

  private TrainingEpoch train(TrainingState state, int epoch) {
    long start = System.nanoTime();
    RetrainSettings settings = job.settings();
    double rate = settings.weightsRate().at(epoch, settings.network().epochs());
    WeightStep step = new WeightStep(source, trained, settings.gradientClip());
    double left = settings.fanOut().timeLimitSeconds() - secondsSoFar();
    Score train =
        step.epoch(
            state,
            epoch,
            rate,
            () -> {
              if ((System.nanoTime() - start) / 1e9 > left) {
                throw new TimeLimitException(settings.fanOut().timeLimitMinutes(), nextEpoch);
              }
            });
    double seconds = (System.nanoTime() - start) / 1e9;
    return new TrainingEpoch(
        epoch,
        rate,
        train.loss(),
        metric,
        metric.of(train),
        seconds,
        train.examples() / seconds,
        evaluate(state));
  }

  private Evaluated evaluate(TrainingState state) {
    if (!protocol.validates() && !protocol.testsEveryEpoch()) {
      return Evaluated.NOTHING;
    }
    long start = System.nanoTime();
    Score validation = protocol.validates() ? score(Portion.VALIDATION, state) : UNKNOWN;
    Score test = protocol.testsEveryEpoch() ? score(Portion.TEST, state) : UNKNOWN;
    return new Evaluated(
        validation.loss(),
        metric.of(validation),
        test.loss(),
        metric.of(test),
        (System.nanoTime() - start) / 1e9);
  }

  private Score score(Portion portion, TrainingState state) {
    return source.evaluate(portion, state.weights(), NO_MIXING, state.statistics());
  }

  private void save(TrainingState state) {
    Map<String, float[]> vectors = new TreeMap<>();
    Map<String, Long> counters = new TreeMap<>();
    TrainingVectors.put(state, vectors, counters);
    checkpoints.save(
        new Checkpoint(nextEpoch, job.seed(), job.resultKeys(), vectors, counters, history));
  }

  private TrainingResult test(TrainingState state) {
    long start = System.nanoTime();
    Score test = score(Portion.TEST, state);
    if (!Double.isFinite(test.loss())) {
      throw new DivergedException(
          new StepId(nextEpoch - 1, source.steps(trained) - 1), 0, test.loss());
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
    return epochs().stream().mapToDouble(e -> e.seconds() + e.evaluated().seconds()).sum();
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
