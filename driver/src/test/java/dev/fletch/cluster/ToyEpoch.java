package dev.fletch.cluster;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower;
import dev.fletch.nn.Wanted;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * An epoch of toy networks: w and p follow their gradients. What else happens before a step, each
 * task of a test may do.
 */
record ToyEpoch(int epoch, int steps, Incident before) implements EpochWork<Score> {
  private static final float RATE = 0.1f;

  /** What goes wrong, or nothing. */
  @FunctionalInterface
  interface Incident extends Serializable {
    Incident NONE = (step, w) -> {};

    void happen(int step, float[] w);
  }

  ToyEpoch(int epoch, int steps) {
    this(epoch, steps, Incident.NONE);
  }

  /** Where the first epoch begins. */
  static StateVectors start(GradientSource source) {
    return new StateVectors(
        Map.of("w", source.initialWeights(7), "p", new float[] {0.4f, 0.6f}), Map.of("steps", 0L));
  }

  @Override
  public Done<Score> carryOut(StateVectors start, GradientSource source, StepFollower follower) {
    float[] w = start.vectors().get("w");
    float[] p = start.vectors().get("p");
    for (int step = 0; step < steps; step++) {
      before.happen(step, w);
      GradientRequest request =
          new GradientRequest(Portion.WEIGHTS, new StepId(epoch, step), Wanted.BOTH);
      Gradients gradients = source.gradients(request, List.of(Floats.of(w)), p).get(0);
      follow(w, gradients.weights().array());
      follow(p, gradients.mixing());
      follower.stepDone(new StepFollower.Progress(step, steps, gradients.score().loss(), 1));
    }
    Score score =
        source.evaluate(Portion.ALPHA, Floats.of(w), p, Floats.of(source.initialStatistics()));
    long before = start.counters().get("steps");
    return new Done<>(
        new StateVectors(Map.of("w", w, "p", p), Map.of("steps", before + steps)), score);
  }

  private static void follow(float[] values, float[] gradient) {
    for (int i = 0; i < values.length; i++) {
      values[i] -= RATE * gradient[i];
    }
  }
}
