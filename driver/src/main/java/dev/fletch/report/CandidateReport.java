package dev.fletch.report;

import dev.fletch.architecture.Genotype;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * One candidate and its retraining.
 *
 * @param origins where the genotype came from; several when, say, the best epoch is also the last
 * @param parameters weights of the candidate network; 0 when unknown
 * @param seeds one per training, in order of seed
 */
public record CandidateReport(
    String id, List<Origin> origins, Genotype genotype, long parameters, List<Seed> seeds) {
  public CandidateReport {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(genotype, "genotype");
    origins = List.copyOf(origins);
    seeds = List.copyOf(seeds);
  }

  /**
   * Where a genotype came from.
   *
   * @param label the words of the configuration, for example {@code best-validation}
   * @param epoch of the search; absent for a given genotype
   * @param lambda weight of the search's regularizer, where there is one
   */
  public record Origin(String label, OptionalInt epoch, OptionalDouble lambda) {
    public Origin {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(epoch, "epoch");
      Objects.requireNonNull(lambda, "lambda");
    }
  }

  /**
   * One training from scratch.
   *
   * @param testAccuracy fraction in [0, 1]; NaN unless the training finished
   * @param status {@code done}, or what else happened
   * @param failure the reason in one line; empty unless it failed
   * @param epochs the training's curve; may be empty
   * @param metrics of a training that finished
   */
  public record Seed(
      long seed,
      double testAccuracy,
      double testLoss,
      double seconds,
      String status,
      String failure,
      List<TrainingEpoch> epochs,
      SeedMetrics metrics) {
    /** Without further metrics: not finished, or a result of an older version. */
    public Seed(
        long seed,
        double testAccuracy,
        double testLoss,
        double seconds,
        String status,
        String failure,
        List<TrainingEpoch> epochs) {
      this(seed, testAccuracy, testLoss, seconds, status, failure, epochs, SeedMetrics.UNKNOWN);
    }

    public Seed {
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(failure, "failure");
      epochs = List.copyOf(epochs);
    }

    /** Whether there is a test accuracy to count. */
    public boolean measured() {
      return !Double.isNaN(testAccuracy);
    }
  }

  /**
   * One epoch of a training from scratch.
   *
   * @param more further numbers of the epoch by their names in {@code metrics.jsonl}
   */
  public record TrainingEpoch(
      int epoch, double trainLoss, double trainAccuracy, Map<String, Double> more) {
    public TrainingEpoch {
      more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    public TrainingEpoch(int epoch, double trainLoss, double trainAccuracy) {
      this(epoch, trainLoss, trainAccuracy, Map.of());
    }

    /** NaN where the protocol has none. */
    double validationAccuracy() {
      return more.getOrDefault("validationAccuracy", Double.NaN);
    }

    /** NaN where the protocol has none. */
    double testAccuracy() {
      return more.getOrDefault("testAccuracy", Double.NaN);
    }
  }

  /** Trainings with a test accuracy. */
  public int measuredSeeds() {
    return (int) accuracies().count();
  }

  /** Mean test accuracy over the seeds that have one; NaN when none has. */
  public double testAccuracyMean() {
    return accuracies().average().orElse(Double.NaN);
  }

  /** Sample standard deviation (n - 1) of the test accuracies; NaN for fewer than two. */
  public double testAccuracyStd() {
    int n = measuredSeeds();
    if (n < 2) {
      return Double.NaN;
    }
    double mean = testAccuracyMean();
    return Math.sqrt(accuracies().map(a -> (a - mean) * (a - mean)).sum() / (n - 1));
  }

  /** Wall seconds of all trainings together; NaN when none was timed. */
  public double seconds() {
    DoubleSummaryStatistics timed =
        seeds.stream().mapToDouble(Seed::seconds).filter(s -> !Double.isNaN(s)).summaryStatistics();
    return timed.getCount() == 0 ? Double.NaN : timed.getSum();
  }

  /**
   * {@code done}, {@code partly failed}, {@code failed}, {@code stopped} or {@code not trained}.
   */
  public String status() {
    int n = measuredSeeds();
    if (seeds.isEmpty()) {
      return "not trained";
    }
    if (n == 0 && seeds.stream().anyMatch(seed -> seed.status().equals("stopped"))) {
      return "stopped";
    }
    return n == seeds.size() ? "done" : n > 0 ? "partly failed" : "failed";
  }

  /** The epoch of the first origin that has one. */
  public OptionalInt epoch() {
    return origins.stream()
        .map(Origin::epoch)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  /** The lambda of the first origin that has one; NaN if none has. */
  double lambda() {
    return origins.stream()
        .flatMapToDouble(origin -> origin.lambda().stream())
        .findFirst()
        .orElse(Double.NaN);
  }

  private DoubleStream accuracies() {
    return seeds.stream().filter(Seed::measured).mapToDouble(Seed::testAccuracy);
  }
}
