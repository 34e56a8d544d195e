package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.nn.MixingFunction;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.TrainingState;
import java.util.List;

/** dL_val(w, alpha)/dalpha with w held constant: one exchange. */
record FirstOrderAlphaGradient() implements AlphaGradient {
  @Override
  public Result take(
      GradientSource source, SearchState state, MixingFunction relaxation, StepId at, double rate) {
    TrainingState training = state.training();
    GradientRequest request = training.request(Portion.ALPHA, at, Wanted.MIXING);
    float[] mixing = relaxation.mixing(state.alpha());
    try (Gradients valid = source.gradients(request, List.of(training.weights()), mixing).get(0)) {
      training.updateStatistics(valid);
      training.carried().follow(Portion.ALPHA, valid.carried());
      return new Result(relaxation.alphaGradient(state.alpha(), valid.mixing()), valid.score());
    }
  }
}
