package dev.fletch.cluster;

import dev.fletch.gradient.StepFollower.Progress;
import org.apache.spark.util.AccumulatorV2;

/**
 * How far the steps of an epoch are, on its way to the driver with the heartbeats of an executor.
 */
final class StepsSoFar extends AccumulatorV2<Progress, Progress> {
  private static final long serialVersionUID = 1L;
  private static final Progress NOTHING = new Progress(-1, 0, 0, 0);

  private volatile Progress furthest;

  StepsSoFar() {
    this(NOTHING);
  }

  private StepsSoFar(Progress furthest) {
    this.furthest = furthest;
  }

  @Override
  public boolean isZero() {
    return furthest.equals(NOTHING);
  }

  @Override
  public AccumulatorV2<Progress, Progress> copy() {
    return new StepsSoFar(furthest);
  }

  @Override
  public void reset() {
    furthest = NOTHING;
  }

  @Override
  public void add(Progress progress) {
    furthest = progress;
  }

  @Override
  public void merge(AccumulatorV2<Progress, Progress> other) {
    if (other.value().step() > furthest.step()) {
      furthest = other.value();
    }
  }

  @Override
  public Progress value() {
    return furthest;
  }
}
