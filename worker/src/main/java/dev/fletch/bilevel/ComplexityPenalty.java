package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;
import java.util.function.ToDoubleFunction;

/**
 * A weight times the expected complexity of the network: the sum over edges and operations of
 * mixing weight times what the operation costs. The costs are normalised by the caller.
 *
 * <p>With mixing weights that may be negative their magnitude counts, since an operation is as
 * large under either sign.
 */
public final class ComplexityPenalty implements AlphaPenalty {
  private final double[] costs;
  private final ToDoubleFunction<StepId> weight;

  /**
   * @param costs one for each mixing weight
   * @param weight of a step
   */
  public ComplexityPenalty(double[] costs, ToDoubleFunction<StepId> weight) {
    this.costs = costs.clone();
    this.weight = weight;
  }

  /** The complexity itself, without a weight. */
  public static double complexity(double[] costs, float[] mixing) {
    checkLength(costs, mixing);
    double sum = 0;
    for (int i = 0; i < mixing.length; i++) {
      sum += costs[i] * Math.abs(mixing[i]);
    }
    return sum;
  }

  @Override
  public double value(float[] alpha, MixingFunction relaxation, StepId at) {
    return weight.applyAsDouble(at) * complexity(costs, relaxation.mixing(alpha));
  }

  @Override
  public void addGradient(float[] gradient, float[] alpha, MixingFunction relaxation, StepId at) {
    double factor = weight.applyAsDouble(at);
    float[] mixing = relaxation.mixing(alpha);
    checkLength(costs, mixing);
    for (int i = 0; i < mixing.length; i++) {
      mixing[i] = (float) (factor * costs[i] * Math.signum(mixing[i]));
    }
    float[] more = relaxation.alphaGradient(alpha, mixing);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += more[i];
    }
  }

  private static void checkLength(double[] costs, float[] mixing) {
    if (costs.length != mixing.length) {
      throw new IllegalArgumentException(
          "Cannot weigh " + mixing.length + " mixing weights with " + costs.length + " costs");
    }
  }
}
