package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.TrainingEpoch;
import dev.fletch.retrain.TrainingResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One training from scratch.
 *
 * @param outcome what came of it
 * @param epochs its curve; empty if it has not finished an epoch
 */
public record TrainingReport(Outcome outcome, List<TrainingEpoch> epochs) {
  public TrainingReport {
    Objects.requireNonNull(outcome, "outcome");
    epochs = List.copyOf(epochs);
  }

  public long seed() {
    return outcome.seed();
  }

  /** Empty unless it finished. */
  public Optional<TrainingResult> result() {
    return outcome instanceof Outcome.Trained trained
        ? Optional.of(trained.result())
        : Optional.empty();
  }

  /** What its figures are; empty if it has none. */
  Optional<Metric> metric() {
    return result()
        .map(TrainingResult::metric)
        .or(() -> epochs.stream().findFirst().map(TrainingEpoch::metric));
  }

  /** Whether there is a test figure to count. */
  public boolean isMeasured() {
    return result().isPresent();
  }

  /** NaN unless it finished. */
  public double testFigure() {
    return number(TrainingResult::testFigure);
  }

  /** A number of the result; NaN unless it finished. */
  public double number(ToDoubleFunction<TrainingResult> figure) {
    return result().map(figure::applyAsDouble).orElse(Double.NaN);
  }
}
