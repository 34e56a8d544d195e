package dev.fletch.search;

import dev.fletch.bilevel.SearchState;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import dev.fletch.nn.Wanted;
import java.util.List;

/**
 * Evaluates the supernet's weights under mixing weights, those of the epoch or others.
 *
 * <p>Running statistics of batch norm belong to the mixing weights that training had: to all of a
 * method that draws others in every step, to those of past temperatures and alphas where few steps
 * have passed since. With them a score would tell of wrong scales and not of the weights. So
 * statistics are measured first, on some minibatches of the w portion, as one-shot searches do for
 * the networks they pick (Guo et al., 2020, arXiv:1904.00420, section 3.4).
 */
final class Recalibration {
  /** Steps whose minibatches are looked at. */
  private static final int STEPS = 8;

  private final SearchStage stage;
  private final SearchState state;
  private final int epoch;

  Recalibration(SearchStage stage, SearchState state, int epoch) {
    this.stage = stage;
    this.state = state;
    this.epoch = epoch;
  }

  /** Over the alpha portion. */
  Score score(float[] mixing) {
    try (Floats statistics = statistics(mixing)) {
      return stage.source().evaluate(Portion.ALPHA, state.training().weights(), mixing, statistics);
    }
  }

  /**
   * Mean batch statistics under {@code mixing}; running ones where nothing was measured. A
   * recurrent network begins with nothing in its memory, and reads one minibatch after the other.
   */
  private Floats statistics(float[] mixing) {
    int steps = Math.min(STEPS, stage.source().steps(Portion.WEIGHTS, epoch));
    float[] running = state.training().statisticsOnHost();
    double[] sums = new double[running.length];
    float[] carried = new float[0];
    for (int s = 0; s < steps; s++) {
      GradientRequest request =
          new GradientRequest(Portion.WEIGHTS, new StepId(epoch, s), Wanted.STATISTICS, carried);
      try (Gradients gradients =
          stage.source().gradients(request, List.of(state.training().weights()), mixing).get(0)) {
        carried = gradients.carried();
        float[] measured = gradients.statistics().onHost();
        for (int i = 0; i < sums.length; i++) {
          sums[i] += measured[i];
        }
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = Double.isNaN(sums[i]) ? running[i] : (float) (sums[i] / steps);
    }
    return stage.source().place().of(means);
  }
}
