package dev.fletch.report.model;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Phenotype;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.gradient.Metric;
import dev.fletch.retrain.Outcome;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SkipConnections;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of one trial of a sweep.
 *
 * @param status {@code done}, {@code partly failed}, {@code failed} or {@code not run}
 * @param failure the reason in one line; empty unless something failed
 * @param result empty unless the trial was carried out
 */
public record TrialReport(Trial trial, String status, String failure, Optional<Result> result) {
  static final String DONE = "done";
  public static final String FAILED = "failed";

  public TrialReport {
    Objects.requireNonNull(trial, "trial");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(failure, "failure");
    Objects.requireNonNull(result, "result");
  }

  /**
   * Which trial it was.
   *
   * @param group trials of one group differ in their seed alone
   * @param labels varied key to the value's name, for columns
   * @param values full key to value
   */
  public record Trial(
      String name,
      String group,
      Map<String, String> labels,
      Map<String, String> values,
      long seed) {
    public Trial {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(group, "group");
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * The best candidate of a trial, and its search.
   *
   * @param bestCandidate empty if none has a test figure
   * @param metric what ranks trials, and what the figures of this one are
   * @param testFigureMean over the retraining's seeds; NaN if there is none
   * @param testFigureStd sample standard deviation; NaN for fewer than two
   * @param n retrainings with a test figure
   * @param parameters 0 when unknown
   * @param structure of the best candidate, else of the last epoch; empty if unknown
   * @param validationFigure of the search's best epoch; NaN if unknown
   * @param searchSeconds wall time of the search; NaN if nothing was searched
   * @param method of the search; empty if unknown, or nothing was searched
   * @param discretisationGap of the search's last epoch; NaN if it was not measured
   * @param stopReason why the search ended
   * @param endedEarly whether a rule ended it before its last epoch
   * @param lambdas every candidate that is an epoch of the search
   */
  public record Result(
      String bestCandidate,
      Metric metric,
      double testFigureMean,
      double testFigureStd,
      int n,
      long parameters,
      double searchSeconds,
      Optional<Architecture> structure,
      double validationFigure,
      String method,
      double discretisationGap,
      String stopReason,
      boolean endedEarly,
      List<LambdaSample> lambdas) {
    public Result {
      lambdas = List.copyOf(lambdas);
    }

    /** Of both cells; empty if the structure is not made of cells, or unknown. */
    public Optional<SkipConnections> skips() {
      return structure.filter(CellPair.class::isInstance).map(SkipConnections::of);
    }

    /** Identity functions of a recurrent cell; empty if the structure is none, or unknown. */
    public Optional<Integer> identities() {
      return structure.flatMap(
          s -> s instanceof RecurrentCell cell ? Optional.of(cell.identities()) : Optional.empty());
    }

    /** What has an effect of a genome; empty if the structure is none, or unknown. */
    public Optional<Phenotype> genome() {
      return structure.flatMap(
          s -> s instanceof Genome g ? Optional.of(g.phenotype()) : Optional.empty());
    }

    /** Skip connections of the normal cell; NaN where there is none. */
    public double normalSkips() {
      return skips().map(s -> (double) s.normal()).orElse(Double.NaN);
    }

    /** Nodes of the genome that have an effect; NaN where there is none. */
    public double genomeNodes() {
      return genome().map(g -> (double) g.nodes().size()).orElse(Double.NaN);
    }

    /** Connections of the genome that have an effect; NaN where there is none. */
    public double genomeConnections() {
      return genome().map(g -> (double) g.connections()).orElse(Double.NaN);
    }
  }

  /** A trial that has not come to its end yet. */
  public static TrialReport waiting(Trial trial) {
    return new TrialReport(trial, "not run", "", Optional.empty());
  }

  public static TrialReport failed(Trial trial, String reason) {
    return new TrialReport(trial, FAILED, reason, Optional.empty());
  }

  /** A trial that was carried out, from the report of its run. */
  public static TrialReport of(Trial trial, RunReport run) {
    List<CandidateReport> candidates =
        run.candidates().stream().filter(c -> !c.isOfOtherSettings()).toList();
    Optional<CandidateReport> best = Leaderboard.best(candidates);
    Optional<String> failure = failure(candidates);
    boolean done = best.isPresent() && failure.isEmpty();
    String status = done ? DONE : best.isPresent() ? "partly failed" : FAILED;
    boolean isSearched = run.search().result().isPresent();
    Result result =
        new Result(
            best.map(CandidateReport::id).orElse(""),
            run.metric(),
            best.map(CandidateReport::testFigureMean).orElse(Double.NaN),
            best.map(CandidateReport::testFigureStd).orElse(Double.NaN),
            best.map(CandidateReport::measuredSeeds).orElse(0),
            best.map(CandidateReport::parameters).orElse(0L),
            isSearched ? run.search().seconds() : Double.NaN,
            best.map(CandidateReport::genotype)
                .or(() -> run.search().last().map(EpochRecord::genotype)),
            run.search().best().map(EpochRecord::validationFigure).orElse(Double.NaN),
            isSearched ? run.search().method() : "",
            run.search().last().map(EpochRecord::discretisationGap).orElse(Double.NaN),
            run.search().stopReason(),
            run.search().endedEarly(),
            LambdaSample.of(trial.name(), trial.values(), run));
    String reason = done ? "" : failure.orElse("no candidate was retrained");
    return new TrialReport(trial, status, reason, Optional.of(result));
  }

  /** The first thing that did not come to its end. A training that was stopped did. */
  private static Optional<String> failure(List<CandidateReport> candidates) {
    for (CandidateReport candidate : candidates) {
      if (candidate.trainings().isEmpty()) {
        return Optional.of(candidate.id() + " was not trained");
      }
      for (TrainingReport training : candidate.trainings()) {
        boolean counts =
            !(training.outcome() instanceof Outcome.OtherSettings)
                && !(training.outcome() instanceof Outcome.Stopped);
        if (counts && !training.isMeasured()) {
          return Optional.of(
              "%s, seed %d: %s"
                  .formatted(candidate.id(), training.seed(), training.outcome().reason()));
        }
      }
    }
    return Optional.empty();
  }

  public boolean isDone() {
    return status.equals(DONE);
  }

  /** Whether a candidate has a test figure, so that other trials can train it too. */
  public boolean hasCandidate() {
    return result.filter(r -> !r.bestCandidate().isEmpty()).isPresent();
  }

  /** Mean test figure of the best candidate; NaN if there is none. */
  public double testFigureMean() {
    return result.map(Result::testFigureMean).orElse(Double.NaN);
  }

  /** For a person, in one line. */
  public String summary() {
    String reason = failure.isEmpty() ? "" : " (" + failure + ")";
    return result
        .filter(r -> r.n() > 0)
        .map(
            r ->
                "trial %s: test %s %s with %s%s"
                    .formatted(
                        status,
                        r.metric().name(),
                        r.metric().text(r.testFigureMean()),
                        r.bestCandidate(),
                        reason))
        .orElseGet(() -> "trial " + status + reason);
  }
}
