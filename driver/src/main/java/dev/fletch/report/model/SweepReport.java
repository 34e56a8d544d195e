package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.retrain.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Everything the report of a sweep says.
 *
 * @param title heading of the page
 * @param command the command line that started it
 * @param trials in the order of the sweep
 */
public record SweepReport(String name, String title, String command, List<TrialReport> trials) {
  public SweepReport {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(command, "command");
    trials = List.copyOf(trials);
  }

  /**
   * Trials that differ in their seed alone.
   *
   * @param name empty if nothing else was varied
   */
  public record Group(String name, List<TrialReport> trials) {
    public Group {
      Objects.requireNonNull(name, "name");
      trials = List.copyOf(trials);
    }

    /** Trials with a test figure. */
    public int n() {
      return (int) trials.stream().filter(t -> !Double.isNaN(t.testFigureMean())).count();
    }

    /** Mean of the trials' test figures; NaN when none has one. */
    public double testFigureMean() {
      return trials.stream()
          .mapToDouble(TrialReport::testFigureMean)
          .filter(a -> !Double.isNaN(a))
          .average()
          .orElse(Double.NaN);
    }

    /** Mean over the trials of a figure that they have; NaN when none has it. */
    public double mean(ToDoubleFunction<TrialReport.Result> figure) {
      return trials.stream()
          .flatMap(t -> t.result().stream())
          .mapToDouble(figure)
          .filter(value -> !Double.isNaN(value))
          .average()
          .orElse(Double.NaN);
    }

    /** NaN when unknown. */
    public double parametersMean() {
      return mean(r -> r.parameters() > 0 ? r.parameters() : Double.NaN);
    }

    /** The method of its trials, or all of them; empty when unknown. */
    public String method() {
      return trials.stream()
          .flatMap(t -> t.result().stream())
          .map(TrialReport.Result::method)
          .distinct()
          .collect(Collectors.joining(", "));
    }

    /** Sample standard deviation (n - 1) over the trials; NaN for fewer than two. */
    public double testFigureStd() {
      return Spread.of(
          trials.stream()
              .mapToDouble(TrialReport::testFigureMean)
              .filter(a -> !Double.isNaN(a))
              .toArray());
    }
  }

  /** What ranks the trials, and what their figures are. */
  public Metric metric() {
    return trials.stream()
        .flatMap(trial -> trial.result().stream())
        .map(TrialReport.Result::metric)
        .findFirst()
        .orElse(Metrics.DEFAULT);
  }

  /**
   * Trials by mean test figure, the best first; those without one come last, in the order of the
   * sweep.
   */
  public List<TrialReport> ranked() {
    return trials.stream()
        .sorted(Comparator.comparing(TrialReport::testFigureMean, metric().bestFirst()))
        .toList();
  }

  /** The groups, ranked as the trials are. */
  public List<Group> groups() {
    Map<String, List<TrialReport>> groups = new LinkedHashMap<>();
    for (TrialReport trial : trials) {
      groups.computeIfAbsent(trial.trial().group(), unused -> new ArrayList<>()).add(trial);
    }
    return groups.entrySet().stream()
        .map(e -> new Group(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(Group::testFigureMean, metric().bestFirst()))
        .toList();
  }

  /** What hypernetworks and searches with a penalty come to against lambda. */
  public List<LambdaLine> lambdaLines() {
    return LambdaLine.ofSweep(
        trials.stream()
            .flatMap(t -> t.result().stream())
            .flatMap(r -> r.lambdas().stream())
            .toList());
  }
}
