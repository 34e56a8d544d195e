package dev.fletch.optimizer;

import dev.fletch.settings.Checks;
import java.util.List;

/**
 * SGD without momentum whose weights are averaged once the validation loss no longer falls
 * (NT-ASGD: Merity et al., 2018, arXiv:1708.02182): {@code w = w - rate * (g + weightDecay * w)}
 * throughout. Steps always go on from the weights themselves; from the trigger on it is their
 * {@link WeightAverage} that is evaluated. As {@code torch.optim.ASGD(lambd=0, t0=0)}, but for one
 * thing: PyTorch's takes the rate that was set for the step before, which shows where rates differ
 * from step to step.
 *
 * <p>Averages begin after the first epoch whose validation loss is above the least of all before it
 * but the last {@code nonmonotone}.
 *
 * @param nonmonotone 5 in the published trainings
 */
public record AveragedSgdSettings(double weightDecay, int nonmonotone)
    implements OptimizerSettings {
  public AveragedSgdSettings {
    new Checks()
        .atLeast("weight-decay", weightDecay, 0)
        .atLeast("nonmonotone", nonmonotone, 1)
        .orThrow();
  }

  @Override
  public boolean averages() {
    return true;
  }

  @Override
  public boolean beginsAveraging(List<Double> validationLosses) {
    int before = validationLosses.size() - 1;
    if (before <= nonmonotone) {
      return false;
    }
    double least =
        validationLosses.subList(0, before - nonmonotone).stream()
            .mapToDouble(Double::doubleValue)
            .filter(loss -> !Double.isNaN(loss))
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return validationLosses.get(before) > least;
  }

  @Override
  public int statePerParameter() {
    return sgd().statePerParameter();
  }

  @Override
  public Optimizer optimizer(int parameters) {
    return sgd().optimizer(parameters);
  }

  private SgdSettings sgd() {
    return new SgdSettings(0, weightDecay);
  }
}
