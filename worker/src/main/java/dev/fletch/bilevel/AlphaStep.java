package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.Vectors;

/** Hands a gradient of alpha to its optimizer. */
final class AlphaStep {
  private AlphaStep() {}

  /**
   * Mutates alpha and its optimizer.
   *
   * @throws DivergedException if the gradient is not finite; alpha is then as before
   */
  static void take(SearchState state, float[] gradient, StepId at, double rate) {
    double norm = Vectors.norm(gradient);
    if (!Double.isFinite(norm)) {
      throw new DivergedException(at, "the gradient of alpha", norm);
    }
    state.alphaOptimizer().step(state.alpha(), gradient, rate);
  }
}
