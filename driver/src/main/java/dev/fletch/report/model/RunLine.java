package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import dev.fletch.retrain.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one method came to in one run: the best of its candidates there, and what it took.
 *
 * @param folder where the run lies
 * @param run its name
 * @param data name of its data set
 * @param method that found the structure, here or in another run; {@value #BASELINE} for structures
 *     made by hand, {@value #RANDOM} for drawn ones, and the candidate for other given ones
 * @param candidate id of the best one; empty if none has a test figure
 * @param source where the structure was found, if that is another run
 * @param metric what the figures are
 * @param testFigureMean over seeds; NaN if there is none
 * @param testFigureStd sample standard deviation; NaN for fewer than two seeds
 * @param seeds with a test figure
 * @param candidates different networks with a test figure, of which this is the best
 * @param experiment the same for lines that differ in the seed of their run alone, or of the run
 *     that found the structure
 * @param trainings the same for lines of an experiment that are of the same trainings: a structure
 *     that no seed found, trained with the same seeds, has the same figures in every run
 */
public record RunLine(
    String folder,
    String run,
    String data,
    String method,
    String candidate,
    Optional<StructureSource> source,
    Metric metric,
    double testFigureMean,
    double testFigureStd,
    int seeds,
    int candidates,
    RunCost cost,
    String experiment,
    String trainings) {
  static final String BASELINE = "baseline";
  static final String RANDOM = "random";

  public RunLine {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(cost, "cost");
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(trainings, "trainings");
  }

  /**
   * A line for each method that the run's candidates come from, in the order of the candidates;
   * what is only left of other settings is none.
   *
   * @param folder where the run lies
   * @param data name of its data set
   * @param sources by the ids of candidates that come from other runs
   * @param experiment the same for runs that differ in their seed alone
   */
  public static List<RunLine> of(
      String folder,
      String data,
      RunReport report,
      Map<String, StructureSource> sources,
      String experiment) {
    Map<String, List<CandidateReport>> byMethod = new LinkedHashMap<>();
    for (CandidateReport candidate : report.candidates()) {
      if (candidate.isOfOtherSettings()) {
        continue;
      }
      byMethod
          .computeIfAbsent(method(candidate, report, sources), unused -> new ArrayList<>())
          .add(candidate);
    }
    if (byMethod.isEmpty()) {
      byMethod.put(report.search().method(), List.of());
    }
    List<RunLine> lines = new ArrayList<>();
    byMethod.forEach(
        (method, candidates) ->
            lines.add(line(folder, data, method, report, candidates, sources, experiment)));
    return lines;
  }

  private static RunLine line(
      String folder,
      String data,
      String method,
      RunReport report,
      List<CandidateReport> candidates,
      Map<String, StructureSource> sources,
      String experiment) {
    Optional<CandidateReport> best = Leaderboard.best(candidates);
    Optional<StructureSource> source =
        best.or(() -> candidates.stream().findFirst())
            .flatMap(b -> Optional.ofNullable(sources.get(b.id())));
    boolean searched =
        source.isEmpty()
            && report.search().result().isPresent()
            && method.equals(report.search().method());
    String structure =
        source
            .map(StructureSource::experiment)
            .orElseGet(
                () ->
                    searched || method.equals(RANDOM)
                        ? ""
                        : best.map(CandidateReport::id).orElse(""));
    int seeds = best.map(CandidateReport::measuredSeeds).orElse(0);
    return new RunLine(
        folder,
        report.run().name(),
        data,
        method,
        best.map(CandidateReport::id).orElse(""),
        source,
        report.metric(),
        best.map(CandidateReport::testFigureMean).orElse(Double.NaN),
        best.map(CandidateReport::testFigureStd).orElse(Double.NaN),
        seeds,
        networks(candidates),
        new RunCost(
            best.map(CandidateReport::parameters).orElse(0L),
            best.map(b -> CandidateMetrics.of(b).multiplyAdds()).orElse(0L),
            source
                .map(StructureSource::searchSeconds)
                .orElse(searched ? report.search().seconds() : Double.NaN),
            best.map(b -> b.seconds() / seeds).orElse(Double.NaN)),
        experiment + "\n" + structure,
        String.join(
            "\n",
            source
                .map(StructureSource::folder)
                .orElse(searched ? "seed " + report.run().seed() : ""),
            best.map(RunLine::trainings).orElse("")));
  }

  /** One network under two names is no choice. */
  private static int networks(List<CandidateReport> candidates) {
    List<CandidateReport> different = new ArrayList<>();
    for (CandidateReport candidate : candidates) {
      if (candidate.measuredSeeds() > 0
          && different.stream()
              .noneMatch(d -> d.genotype().describesSameNetworkAs(candidate.genotype()))) {
        different.add(candidate);
      }
    }
    return different.size();
  }

  private static String trainings(CandidateReport candidate) {
    return candidate.genotype().text()
        + " with seeds "
        + candidate.results().stream().map(TrainingResult::seed).sorted().toList();
  }

  /**
   * What found a candidate's structure.
   *
   * @param sources by the ids of candidates that come from other runs
   */
  public static String method(
      CandidateReport candidate, RunReport report, Map<String, StructureSource> sources) {
    StructureSource source = sources.get(candidate.id());
    if (source != null && !source.method().isEmpty()) {
      return source.method();
    }
    if (candidate.epoch().isPresent()) {
      return report.search().method();
    }
    return candidate.id().startsWith(BASELINE + "-")
        ? BASELINE
        : candidate.id().startsWith(RANDOM + "-") ? RANDOM : candidate.id();
  }

  public boolean isMeasured() {
    return seeds > 0;
  }

  /** For example {@code neat (found on sst2)}. */
  public String methodAndOrigin() {
    return method
        + source
            .filter(s -> !s.data().isEmpty() && !s.data().equals(data))
            .map(s -> " (found on " + s.data() + ")")
            .orElse("");
  }
}
