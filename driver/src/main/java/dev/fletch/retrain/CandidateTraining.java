package dev.fletch.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fletch.bilevel.DivergedException;
import dev.fletch.bilevel.GradientSource;
import dev.fletch.bilevel.Score;
import dev.fletch.bilevel.TrainingState;
import dev.fletch.bilevel.WeightStep;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.search.ScoreSum;
import dev.fletch.search.TrainingVectors;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains one candidate network from scratch on the whole training set and tests it once, after the
 * last epoch. Writes a checkpoint per epoch and goes on from the newest.
 */
final class CandidateTraining {
  private static final Logger LOG = System.getLogger(CandidateTraining.class.getName());

  /** The newest, and one to fall back to when it is torn. */
  private static final int CHECKPOINTS_KEPT = 2;

  private static final float[] NO_MIXING = {};

  private final CandidateJob job;
  private final GradientSource source;
  private final RunFolder run;
  private final CheckpointFolder checkpoints;
  private final String metricsFile;
  private final List<String> history = new ArrayList<>();
  private final long parameters;
  private int nextEpoch;

  /**
   * @param parameters the network's size as papers give it
   */
  CandidateTraining(CandidateJob job, GradientSource source, RunFolder run, long parameters) {
    this.job = job;
    this.parameters = parameters;
    this.source = source;
    this.run = run;
    this.checkpoints = new CheckpointFolder(run, job.folder() + "/checkpoint", CHECKPOINTS_KEPT);
    this.metricsFile = job.folder() + "/metrics.jsonl";
  }

  /**
   * @throws DivergedException if a loss is not finite; files are as after the last whole epoch
   * @throws TimeLimitException if it takes longer than it was given; likewise
   */
  TrainingResult run() {
    TrainingState state = resumeOrBegin();
    while (nextEpoch < job.settings().network().epochs()) {
      TrainingEpoch epoch = train(state, nextEpoch);
      history.add(epoch.toJson());
      nextEpoch++;
      run.writeLines(metricsFile, history);
      save(state);
    }
    return test(state);
  }

  private TrainingState resumeOrBegin() {
    Checkpoint newest = checkpoints.newest(warning -> LOG.log(Level.WARNING, warning)).orElse(null);
    if (newest != null) {
      List<String> changes = newest.keys().changesTo(job.resultKeys());
      if (changes.isEmpty()) {
        nextEpoch = newest.nextEpoch();
        history.addAll(newest.history());
        run.writeLines(metricsFile, history);
        return TrainingVectors.restore(newest, source.size(), job.settings().weights());
      }
      LOG.log(
          Level.WARNING,
          "{0}: was trained with other settings ({1}): training from the start",
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
    WeightStep step = new WeightStep(source, Portion.TRAIN, settings.gradientClip());
    ScoreSum scores = new ScoreSum();
    int steps = source.steps(Portion.TRAIN);
    double left = settings.fanOut().timeLimitSeconds() - trainingSeconds();
    for (int s = 0; s < steps; s++) {
      if ((System.nanoTime() - start) / 1e9 > left) {
        throw new TimeLimitException(settings.fanOut().timeLimitMinutes(), nextEpoch);
      }
      scores.add(step.take(state, NO_MIXING, new StepId(epoch, s), rate).score());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Score train = scores.mean();
    return new TrainingEpoch(
        epoch, rate, train.loss(), train.accuracy(), seconds, train.examples() / seconds);
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
    Score test = source.evaluate(Portion.TEST, state.weights(), NO_MIXING, state.statistics());
    if (!Double.isFinite(test.loss())) {
      throw new DivergedException(
          new StepId(nextEpoch - 1, source.steps(Portion.TRAIN) - 1), 0, test.loss());
    }
    double seconds = (System.nanoTime() - start) / 1e9 + trainingSeconds();
    TrainingResult result =
        new TrainingResult(
            job.candidate(),
            job.seed(),
            test.accuracy(),
            test.loss(),
            parameters,
            seconds,
            nextEpoch);
    ResultFile.write(run, result, job.resultKeys().digest());
    return result;
  }

  private double trainingSeconds() {
    double seconds = 0;
    for (String line : history) {
      try {
        seconds += TrainingEpoch.fromJson(line).seconds();
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new RunFolderException(
            run.path() + "/" + job.folder() + ": its checkpoint has an unreadable epoch", e);
      }
    }
    return seconds;
  }
}
