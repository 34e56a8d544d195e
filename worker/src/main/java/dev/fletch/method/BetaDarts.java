package dev.fletch.method;

import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.bilevel.LogSumExpPenalty;
import dev.fletch.settings.Checks;

/**
 * beta-DARTS (Ye et al., 2022, arXiv:2203.01665; Sunshine-Ye/Beta-DARTS): alpha's loss has a
 * penalty on the logarithm of the sum of exp(alpha), whose weight rises with the epochs.
 *
 * @param weight of the penalty in the first epoch after the search; it rises linearly from 0
 */
public record BetaDarts(double weight) implements Method {
  public BetaDarts {
    new Checks().positive("weight", weight).orThrow();
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    return Composition.darts(space)
        .withObjective(
            AlphaObjective.with(new LogSumExpPenalty(space.operations(), weight, space.epochs())));
  }
}
