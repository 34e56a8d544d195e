package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.nn.MixingFunction;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.Optimizer;
import dev.fletch.optimizer.TrainingState;
import java.util.List;

/**
 * The unrolled gradient of second order (Liu et al., 2019, equations 5 to 8), three exchanges:
 *
 * <pre>{@code
 * w'       = w - eta * (momentum * v + dL_train(w, alpha)/dw + decay * w)      one SGD step, not clipped, not kept
 * u        = dL_val(w', alpha)/dw'
 * R        = 0.01 / |u|
 * implicit = (dL_train(w + R u, alpha)/dalpha - dL_train(w - R u, alpha)/dalpha) / (2 R)
 * result   = dL_val(w', alpha)/dalpha - eta * implicit
 * }</pre>
 *
 * <p>v is the momentum buffer of w's SGD or Nesterov; where w's optimizer has no momentum, momentum
 * * v is 0, whatever its own steps look like ({@link Optimizer#lookAhead}). Each part is averaged
 * over the replicas before the next one begins, so the result does not depend on how a step's
 * examples are spread over them, batch-norm statistics aside.
 */
record UnrolledAlphaGradient() implements AlphaGradient {
  /** Length of the displacement R u of the central difference. */
  private static final double DISPLACEMENT = 0.01;

  @Override
  public Result take(
      GradientSource source, SearchState state, MixingFunction relaxation, StepId at, double rate) {
    TrainingState training = state.training();
    float[] mixing = relaxation.mixing(state.alpha());
    try (Gradients valid = atUnrolled(source, training, mixing, at, rate)) {
      float[] total = valid.mixing();
      double norm = valid.weights().norm();
      if (!Double.isFinite(norm)) {
        throw new DivergedException(at, "the validation gradient of the unrolled w", norm);
      }
      // A validation loss that is flat in w' leaves nothing for alpha to act on through w'.
      if (norm > 0) {
        double radius = DISPLACEMENT / norm;
        List<Gradients> beside =
            gradientsBeside(source, training, mixing, at, radius, valid.weights());
        subtractImplicit(total, beside.get(0).mixing(), beside.get(1).mixing(), rate, radius);
      }
      // dL/dalpha is linear in dL/dp: one backward pass through the relaxation serves both terms.
      return new Result(relaxation.alphaGradient(state.alpha(), total), valid.score());
    }
  }

  /** Validation gradients at w'. */
  private static Gradients atUnrolled(
      GradientSource source, TrainingState training, float[] mixing, StepId at, double rate) {
    GradientRequest request = new GradientRequest(Portion.ALPHA, at, Wanted.BOTH);
    try (Floats ahead = unroll(source, training, mixing, at, rate)) {
      return source.gradients(request, List.of(ahead), mixing).get(0);
    }
  }

  /** w', a new vector. */
  private static Floats unroll(
      GradientSource source, TrainingState training, float[] mixing, StepId at, double rate) {
    GradientRequest request = new GradientRequest(Portion.WEIGHTS, at, Wanted.WEIGHTS);
    try (Gradients train = source.gradients(request, List.of(training.weights()), mixing).get(0)) {
      training.updateStatistics(train.statistics());
      return training.optimizer().lookAhead(training.weights(), train.weights(), rate);
    }
  }

  /**
   * Training gradients at w + radius * direction and at w - radius * direction, in one exchange;
   * only those of the mixing weights are left when this returns.
   */
  private static List<Gradients> gradientsBeside(
      GradientSource source,
      TrainingState training,
      float[] mixing,
      StepId at,
      double radius,
      Floats direction) {
    GradientRequest request = new GradientRequest(Portion.WEIGHTS, at, Wanted.MIXING);
    try (Floats plus = training.weights().moved(radius, direction);
        Floats minus = training.weights().moved(-radius, direction)) {
      List<Gradients> beside = source.gradients(request, List.of(plus, minus), mixing);
      for (Gradients one : beside) {
        training.updateStatistics(one.statistics());
        one.close();
      }
      return beside;
    }
  }

  /** total = total - rate * (plus - minus) / (2 * radius), in place. */
  private static void subtractImplicit(
      float[] total, float[] plus, float[] minus, double rate, double radius) {
    for (int i = 0; i < total.length; i++) {
      double implicit = ((double) plus[i] - minus[i]) / (2 * radius);
      total[i] = (float) (total[i] - rate * implicit);
    }
  }
}
