package dev.fletch.method;

import dev.fletch.architecture.ThresholdDerivation;
import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.bilevel.ZeroOnePenalty;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.SigmoidRelaxation;
import java.util.Optional;

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
        .withAlpha(AlphaVector.constant(space.layout().count(), 0))
        .withRelaxations(SteadySchedule.always(new SigmoidRelaxation()))
        .withObjective(AlphaObjective.with(new ZeroOnePenalty(zeroOneWeight)))
        .withDerivation(new ThresholdDerivation(threshold));
  }

  @Override
  public void check(Checks checks, SearchSpace space) {
    checks.require(
        "search.method.threshold",
        threshold == 0 || !space.isRecurrent(),
        "must be 0 for recurrent cells, whose nodes keep their best function however weak it is,"
            + " got "
            + threshold);
  }

  @Override
  public Optional<String> withoutTemperature() {
    return Optional.of("its mixing weights are sigmoid(alpha)");
  }
}
