package dev.fletch.retrain;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.optimizer.WeightStep;
import dev.fletch.retrain.TrainingEpoch.Course;
import dev.fletch.retrain.TrainingEpoch.Evaluated;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.TrainingVectors;

/**
 * An epoch of a training from scratch: its steps, and what the protocol measures after them. The
 * same bits in whatever process, and from whatever source, it is carried out. Nobody is told of its
 * steps.
 *
 * @param metric what ranks epochs
 * @param attempt at the epoch, from 0: each has random numbers of its own
 * @param secondsLeft of the training's time limit when the epoch is begun. What it waits for slots
 *     does not count, and each attempt at a lost epoch has as much
 */
record TrainingWork(
    RetrainSettings settings, Metric metric, int epoch, int attempt, double secondsLeft)
    implements EpochWork<TrainingEpoch> {
  private static final float[] NO_MIXING = {};
  private static final Score UNKNOWN = new Score(Double.NaN, Double.NaN, 0);

  /**
   * @throws TimeLimitException before the first step that would be too late
   */
  @Override
  public Done<TrainingEpoch> carryOut(
      StateVectors start, GradientSource source, StepFollower follower) {
    TrainingState from =
        TrainingVectors.restore(Checkpoint.of(epoch, start), source.size(), settings.weights());
    long begin = System.nanoTime();
    try (TrainingState state = from.at(source.place())) {
      return carryOut(state, source, begin);
    }
  }

  private Done<TrainingEpoch> carryOut(TrainingState state, GradientSource source, long begin) {
    double rate = settings.weightsRate().at(epoch, settings.network().epochs());
    WeightStep step =
        new WeightStep(source, settings.protocol().trained(), settings.gradientClip());
    state.carried().beginEpoch(settings.epochStart());
    Score train = step.epoch(state, new StepId(epoch, 0, attempt), rate, () -> requireTime(begin));
    double seconds = secondsSince(begin);
    TrainingEpoch line =
        new TrainingEpoch(
            epoch,
            rate,
            train.loss(),
            metric,
            metric.of(train),
            seconds,
            train.examples() / seconds,
            evaluate(source, state),
            new Course(1 + attempt, state.average().isPresent()));
    return new Done<>(TrainingVectors.vectors(state), line);
  }

  private void requireTime(long begin) {
    if (secondsSince(begin) > secondsLeft) {
      throw new TimeLimitException(settings.fanOut().timeLimitMinutes(), epoch);
    }
  }

  private Evaluated evaluate(GradientSource source, TrainingState state) {
    Protocol protocol = settings.protocol();
    if (!settings.validates() && !protocol.testsEveryEpoch()) {
      return Evaluated.NOTHING;
    }
    long begin = System.nanoTime();
    Score validation = settings.validates() ? score(source, Portion.VALIDATION, state) : UNKNOWN;
    Score test = protocol.testsEveryEpoch() ? score(source, Portion.TEST, state) : UNKNOWN;
    return new Evaluated(
        validation.loss(),
        metric.of(validation),
        test.loss(),
        metric.of(test),
        secondsSince(begin));
  }

  /** How the network does on all of a portion. */
  static Score score(GradientSource source, Portion portion, TrainingState state) {
    return source.evaluate(portion, state.evaluatedWeights(), NO_MIXING, state.statistics());
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
