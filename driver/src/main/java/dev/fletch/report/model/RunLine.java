package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import java.util.Objects;
import java.util.Optional;

/**
 * One run among several: its best candidate, and what it took.
 *
 * @param folder where the run lies
 * @param run its name
 * @param data name of its data set
 * @param method of its search; where nothing was searched, {@value #BASELINE} or the candidate
 * @param candidate id of the best one; empty if none has a test figure
 * @param metric what the figures are
 * @param testFigureMean over seeds; NaN if there is none
 * @param testFigureStd sample standard deviation; NaN for fewer than two seeds
 * @param seeds with a test figure
 * @param parameters 0 when unknown
 * @param searchSeconds wall time of the search; NaN if nothing was searched
 * @param trainingSeconds wall time of one training of the candidate, the mean over its seeds; NaN
 *     if unknown
 */
public record RunLine(
    String folder,
    String run,
    String data,
    String method,
    String candidate,
    Metric metric,
    double testFigureMean,
    double testFigureStd,
    int seeds,
    long parameters,
    double searchSeconds,
    double trainingSeconds) {
  static final String BASELINE = "baseline";

  public RunLine {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(metric, "metric");
  }

  /**
   * @param folder where the run lies
   * @param data name of its data set
   */
  public static RunLine of(String folder, String data, RunReport report) {
    Optional<CandidateReport> best = Leaderboard.best(report.candidates());
    boolean searched = report.search().result().isPresent();
    int seeds = best.map(CandidateReport::measuredSeeds).orElse(0);
    return new RunLine(
        folder,
        report.run().name(),
        data,
        searched ? report.search().method() : given(best.map(CandidateReport::id).orElse("")),
        best.map(CandidateReport::id).orElse(""),
        report.metric(),
        best.map(CandidateReport::testFigureMean).orElse(Double.NaN),
        best.map(CandidateReport::testFigureStd).orElse(Double.NaN),
        seeds,
        best.map(CandidateReport::parameters).orElse(0L),
        searched ? report.search().seconds() : Double.NaN,
        best.map(b -> b.seconds() / seeds).orElse(Double.NaN));
  }

  private static String given(String candidate) {
    return candidate.isEmpty() || candidate.startsWith(BASELINE) ? BASELINE : candidate;
  }

  public boolean isMeasured() {
    return seeds > 0;
  }
}
