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
import dev.fletch.nn.WeightRange;
import dev.fletch.optimizer.GradientClip;
import dev.fletch.optimizer.Optimizer;
import dev.fletch.optimizer.TrainingState;
import java.util.List;

/**
 * The unrolled gradient of second order (Liu et al., 2019, equations 5 to 8), three exchanges:
 *
 * <pre>{@code
 * g        = dL_train(w, alpha)/dw           c = 1
 * w'       = w - eta * (momentum * v + g + decay * w)      one SGD step, not kept
 * u        = dL_val(w', alpha)/dw'
 * R        = 0.01 / |u|
 * implicit = (dL_train(w + R u, alpha)/dalpha - dL_train(w - R u, alpha)/dalpha) / (2 R)
 * result   = dL_val(w', alpha)/dalpha - eta * c * implicit
 * }</pre>
 *
 * <p>v is the momentum buffer of w's SGD or Nesterov; where w's optimizer has no momentum, momentum
 * * v is 0, whatever its own steps look like ({@link Optimizer#lookAhead}). Each part is averaged
 * over the replicas before the next one begins, so the result does not depend on how a step's
 * examples are spread over them, batch-norm statistics aside.
 *
 * <p>Where {@link UnrolledSettings#clip} says so, g and u are clipped before they are used, g being
 * multiplied by the smaller of 1 and {@code c = clip / (|g| + 1e-6)}; the implicit term is
 * multiplied by c itself, which may be above 1, as in the published code.
 *
 * <p>A recurrent network reads the minibatch of w three times, from what it remembers before it,
 * and forgets again what it then remembers: the w step behind this reads it once more. Of alpha's
 * portion it keeps what the forward at w' leaves. Random numbers inside the network are those of
 * the step in all passes, so that the differences are of w alone; the published code draws other
 * masks in each.
 */
record UnrolledAlphaGradient(UnrolledSettings settings, GradientClip clip)
    implements AlphaGradient {
  /** Length of the displacement R u of the central difference. */
  private static final double DISPLACEMENT = 0.01;

  /**
   * @param gradientClip of the search, for where the unrolled step is clipped
   */
  UnrolledAlphaGradient(UnrolledSettings settings, double gradientClip) {
    this(settings, new GradientClip(settings.clip() ? gradientClip : 0));
  }

  /**
   * w' and what the implicit term is multiplied by.
   *
   * @param coefficient eta * c
   */
  private record Unrolled(Floats weights, double coefficient) implements AutoCloseable {
    @Override
    public void close() {
      weights.close();
    }
  }

  @Override
  public Result take(
      GradientSource source, SearchState state, MixingFunction relaxation, StepId at, double rate) {
    TrainingState training = state.training();
    float[] mixing = relaxation.mixing(state.alpha());
    double eta = rate * source.rateFactor(Portion.WEIGHTS, at);
    try (Unrolled ahead = unroll(source, training, mixing, at, eta);
        Gradients valid = gradientsAhead(source, training, ahead, mixing, at)) {
      float[] total = valid.mixing();
      Floats direction = valid.weights();
      double norm = clip.apply(direction);
      if (!Double.isFinite(norm)) {
        throw new DivergedException(at, "the validation gradient of the unrolled w", norm);
      }
      // A validation loss that is flat in w' leaves nothing for alpha to act on through w'.
      if (norm > 0) {
        double radius = DISPLACEMENT / (clip.shortens(norm) ? direction.norm() : norm);
        List<Gradients> beside = gradientsBeside(source, training, mixing, at, radius, direction);
        subtractImplicit(
            total, beside.get(0).mixing(), beside.get(1).mixing(), ahead.coefficient(), radius);
      }
      // dL/dalpha is linear in dL/dp: one backward pass through the relaxation serves both terms.
      return new Result(relaxation.alphaGradient(state.alpha(), total), valid.score());
    }
  }

  /** Validation gradients at w'. */
  private static Gradients gradientsAhead(
      GradientSource source, TrainingState training, Unrolled ahead, float[] mixing, StepId at) {
    GradientRequest request = training.request(Portion.ALPHA, at, Wanted.LOSS_BOTH);
    Gradients valid = source.gradients(request, List.of(ahead.weights()), mixing).get(0);
    training.carried().follow(Portion.ALPHA, valid.carried());
    return valid;
  }

  private Unrolled unroll(
      GradientSource source, TrainingState training, float[] mixing, StepId at, double eta) {
    GradientRequest request = training.request(Portion.WEIGHTS, at, Wanted.LOSS_WEIGHTS);
    try (Gradients train = source.gradients(request, List.of(training.weights()), mixing).get(0)) {
      training.updateStatistics(train);
      // Without a clip nothing is read from a card here, for norms wait for it.
      double coefficient = clip.maximum() > 0 ? clip.coefficient(clip.apply(train.weights())) : 1;
      Floats ahead = training.optimizer().lookAhead(training.weights(), train.weights(), eta);
      if (settings.embedding() == UnrolledSettings.Embedding.KEPT) {
        keep(source.size().tiedEmbedding(), training.weights(), ahead);
      }
      return new Unrolled(ahead, eta * coefficient);
    }
  }

  /** Takes {@code range} of w' back to w, on the host: language models are computed there. */
  private static void keep(WeightRange range, Floats weights, Floats ahead) {
    if (range.length() == 0) {
      return;
    }
    float[] values = ahead.onHost();
    System.arraycopy(weights.onHost(), range.from(), values, range.from(), range.length());
    ahead.write(values);
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
    GradientRequest request = training.request(Portion.WEIGHTS, at, Wanted.MIXING);
    try (Floats plus = training.weights().moved(radius, direction);
        Floats minus = training.weights().moved(-radius, direction)) {
      List<Gradients> beside = source.gradients(request, List.of(plus, minus), mixing);
      for (Gradients one : beside) {
        training.updateStatistics(one);
        one.close();
      }
      return beside;
    }
  }

  /** total = total - coefficient * (plus - minus) / (2 * radius), in place. */
  private static void subtractImplicit(
      float[] total, float[] plus, float[] minus, double coefficient, double radius) {
    for (int i = 0; i < total.length; i++) {
      double implicit = ((double) plus[i] - minus[i]) / (2 * radius);
      total[i] = (float) (total[i] - coefficient * implicit);
    }
  }
}
