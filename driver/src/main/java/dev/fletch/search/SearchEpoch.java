package dev.fletch.search;

import dev.fletch.bilevel.SearchState;
import dev.fletch.bilevel.StepProcedure;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.ScoreSum;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower;
import dev.fletch.gradient.StepFollower.Progress;
import dev.fletch.method.Stage;
import dev.fletch.supernet.Relaxation;
import java.io.Serializable;

/**
 * An epoch of a search: its steps, and what is measured of the supernet after them. The same bits
 * in whatever process, and from whatever source, it is carried out.
 *
 * @param stage that {@code epoch} belongs to
 */
record SearchEpoch(SearchPlan plan, Stage stage, int epoch)
    implements EpochWork<SearchEpoch.Measured> {
  /**
   * What came of it.
   *
   * @param train mean score of the w minibatches
   * @param trainSeconds of the steps
   * @param temperature at the end
   */
  record Measured(
      Score train, double trainSeconds, double temperature, SupernetReading reading, Watch watch)
      implements Serializable {}

  @Override
  public Done<Measured> carryOut(StateVectors start, GradientSource source, StepFollower follower) {
    SearchStage on = SearchStage.on(plan, stage, source);
    SearchState from =
        SearchCheckpoints.restore(
            plan, epoch, start, source.size(), on.composition().alpha().length());
    long begin = System.nanoTime();
    try (SearchState state = from.at(source.place())) {
      return carryOut(on, state, begin, follower);
    }
  }

  private Done<Measured> carryOut(
      SearchStage on, SearchState state, long begin, StepFollower follower) {
    state.training().carried().beginEpoch(plan.settings().epochStart());
    state.rescaleAlpha(plan.settings().temperature().rescaling(epoch, plan.settings().epochs()));
    Score train = steps(on, state, follower);
    double trainSeconds = secondsSince(begin);
    SupernetReading reading = SupernetReading.of(plan, on, state, epoch);
    Watch watch = new EpochMeasurement(plan, on, state, epoch).measure(reading);
    double temperature = on.composition().relaxations().temperature(epoch, state.alpha());
    return new Done<>(
        SearchCheckpoints.vectors(state),
        new Measured(train, trainSeconds, temperature, reading, watch));
  }

  private Score steps(SearchStage on, SearchState state, StepFollower follower) {
    long start = System.nanoTime();
    StepProcedure.Rates rates = on.rates(epoch);
    ScoreSum scores = new ScoreSum();
    int steps = on.source().steps(Portion.WEIGHTS, epoch);
    for (int s = 0; s < steps; s++) {
      StepId at = new StepId(epoch, s);
      Relaxation relaxation = on.composition().relaxations().training(at);
      scores.add(on.procedure().take(state, relaxation, at, rates).train());
      follower.stepDone(
          new Progress(s, steps, scores.mean().loss(), scores.examples() / secondsSince(start)));
    }
    return scores.mean();
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
