package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import dev.fletch.nn.Wanted;
import java.util.List;

/**
 * Some steps over a source, in the way a second-order search asks for gradients, and all that they
 * lead to.
 */
record ToyTraining(float[] weights, float[] mixing, float[] statistics, Score score) {
  private static final float RATE = 0.1f;

  static ToyTraining run(GradientSource source, int steps) {
    float[] w = source.initialWeights(7);
    float[] p = {0.4f, 0.6f};
    float[] statistics = source.initialStatistics();
    int perEpoch = source.steps(Portion.WEIGHTS, 0);
    for (int step = 0; step < steps; step++) {
      StepId at = new StepId(step / perEpoch, step % perEpoch);
      float[] ahead = stepped(w, w, RATE);
      List<Gradients> alpha =
          source.gradients(
              new GradientRequest(Portion.ALPHA, at, Wanted.MIXING),
              List.of(Floats.of(w), Floats.of(ahead)),
              p);
      p = stepped(stepped(p, alpha.get(0).mixing(), RATE), alpha.get(1).mixing(), RATE);
      Gradients weights =
          source
              .gradients(
                  new GradientRequest(Portion.WEIGHTS, at, Wanted.BOTH), List.of(Floats.of(w)), p)
              .get(0);
      w = stepped(w, weights.weights().array(), RATE);
      p = stepped(p, weights.mixing(), RATE);
      statistics = stepped(statistics, weights.statistics().array(), -RATE);
    }
    Score score = source.evaluate(Portion.ALPHA, Floats.of(w), p, Floats.of(statistics));
    return new ToyTraining(w, p, statistics, score);
  }

  void assertSameBitsAs(ToyTraining expected) {
    assertThat(weights).isEqualTo(expected.weights);
    assertThat(mixing).isEqualTo(expected.mixing);
    assertThat(statistics).isEqualTo(expected.statistics);
    assertThat(score).isEqualTo(expected.score);
  }

  private static float[] stepped(float[] from, float[] gradient, float rate) {
    float[] to = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i] - rate * gradient[i];
    }
    return to;
  }
}
