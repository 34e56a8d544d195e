package dev.fletch.report.model;

import dev.fletch.architecture.Architecture;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.RetrainResult.CandidateResult;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.search.Round;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One candidate and its retraining.
 *
 * @param trainings one per seed, by rising seed
 */
public record CandidateReport(Candidate candidate, List<TrainingReport> trainings) {
  public CandidateReport {
    Objects.requireNonNull(candidate, "candidate");
    trainings = List.copyOf(trainings);
  }

  public String id() {
    return candidate.id();
  }

  public Architecture genotype() {
    return candidate.genotype();
  }

  public List<Origin> origins() {
    return candidate.origins();
  }

  /** Weights of the candidate network; 0 when unknown, since no training has finished. */
  public long parameters() {
    return results().stream().mapToLong(r -> r.cost().parameters()).max().orElse(0);
  }

  /** Trainings with a test figure. */
  public int measuredSeeds() {
    return results().size();
  }

  /** Mean test figure over the trainings that finished; NaN when none has. */
  public double testFigureMean() {
    return result().testFigureMean();
  }

  /** Sample standard deviation (n - 1) of the test figures; NaN for fewer than two. */
  public double testFigureStd() {
    return result().testFigureStd();
  }

  /** Mean of a figure over the trainings that have it; NaN when none has. */
  public double mean(ToDoubleFunction<TrainingResult> figure) {
    return results().stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** Wall seconds of all trainings that finished; NaN when none has. */
  public double seconds() {
    DoubleSummaryStatistics timed =
        results().stream().mapToDouble(TrainingResult::seconds).summaryStatistics();
    return timed.getCount() == 0 ? Double.NaN : timed.getSum();
  }

  /** Trainings that count: all that the run's newest retraining could have made. */
  public int countedSeeds() {
    return (int)
        trainings.stream().filter(t -> !(t.outcome() instanceof Outcome.OtherSettings)).count();
  }

  /** Whether it has been trained, but never with the settings of the newest retraining. */
  public boolean isOfOtherSettings() {
    return countedSeeds() == 0 && !trainings.isEmpty();
  }

  /**
   * {@code done}, {@code partly failed}, {@code failed}, {@code stopped}, {@code other settings} or
   * {@code not trained}.
   */
  public String status() {
    int n = measuredSeeds();
    if (trainings.isEmpty()) {
      return "not trained";
    }
    if (isOfOtherSettings()) {
      return Outcome.OtherSettings.STATUS;
    }
    if (n == 0 && trainings.stream().anyMatch(t -> t.outcome() instanceof Outcome.Stopped)) {
      return "stopped";
    }
    return n == countedSeeds() ? "done" : n > 0 ? "partly failed" : "failed";
  }

  /** The epoch of the first origin that has one. */
  public OptionalInt epoch() {
    return origins().stream()
        .map(Origin::epoch)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  /** The lambda of the first origin that has one; NaN if none has. */
  public double lambda() {
    return origins().stream()
        .flatMapToDouble(origin -> origin.lambda().stream())
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Where it came from, in words. */
  public String origin() {
    return origins().stream().map(this::words).collect(Collectors.joining("; "));
  }

  private String words(Origin origin) {
    String epoch =
        origin.epoch().isPresent()
            ? Round.of(genotype()).numbered(origin.epoch().getAsInt())
            : "given";
    String lambda =
        origin.lambda().isPresent() ? ", λ " + Figures.lambda(origin.lambda().getAsDouble()) : "";
    return origin.label() + " (" + epoch + lambda + ")";
  }

  /** Of the trainings that finished. */
  public List<TrainingResult> results() {
    return result().trained();
  }

  private CandidateResult result() {
    return new CandidateResult(candidate, trainings.stream().map(TrainingReport::outcome).toList());
  }
}
