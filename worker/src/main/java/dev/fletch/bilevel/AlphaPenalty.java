package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;

/** A term of alpha's objective that depends on alpha alone, not on data. */
public sealed interface AlphaPenalty
    permits L1Penalty, LogSumExpPenalty, ZeroOnePenalty, ComplexityPenalty {
  /**
   * The term, weighted as in the objective.
   *
   * @param relaxation of the step
   */
  double value(float[] alpha, MixingFunction relaxation, StepId at);

  /** Adds the term's gradient with respect to alpha to {@code gradient}. */
  void addGradient(float[] gradient, float[] alpha, MixingFunction relaxation, StepId at);
}
