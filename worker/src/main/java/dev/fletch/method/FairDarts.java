package dev.fletch.method;

import dev.fletch.architecture.ThresholdDerivation;
import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.bilevel.ZeroOnePenalty;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.SigmoidRelaxation;

/**
 * Fair DARTS (Chu et al., 2020, arXiv:1911.12126; xiaomi-automl/FairDARTS): operations weigh
 * sigmoid(alpha), each by itself; a loss drives the weights to 0 or 1; a node keeps at most two
 * operations, those whose weight reaches a threshold.
 *
 * @param zeroOneWeight of the zero-one loss in alpha's objective
 * @param threshold that a mixing weight has to reach
 */
public record FairDarts(double zeroOneWeight, double threshold) implements Method {
  public FairDarts {
    new Checks()
        .positive("zero-one-weight", zeroOneWeight)
        .between("threshold", threshold, 0, 1)
        .orThrow();
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    return Composition.darts(space)
        .with(AlphaVector.constant(space.layout().count(), 0))
        .with(SteadySchedule.always(new SigmoidRelaxation()))
        .with(AlphaObjective.with(new ZeroOnePenalty(zeroOneWeight)))
        .with(new ThresholdDerivation(threshold));
  }

  @Override
  public String withoutTemperature() {
    return "its mixing weights are sigmoid(alpha)";
  }
}
