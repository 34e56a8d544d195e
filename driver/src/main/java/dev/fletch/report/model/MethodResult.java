package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import dev.fletch.retrain.Spread;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What one method came to on one data set with one setting: a field of the table of a paper.
 *
 * @param runs that differ in their seed alone, those with a test figure first; at least one
 */
public record MethodResult(List<RunLine> runs) {
  public MethodResult {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("Invalid result of a method: it must have a run");
    }
  }

  public String method() {
    return runs.get(0).method();
  }

  public String data() {
    return runs.get(0).data();
  }

  public Metric metric() {
    return runs.get(0).metric();
  }

  public Optional<StructureSource> source() {
    return runs.get(0).source();
  }

  private List<RunLine> measured() {
    return runs.stream().filter(RunLine::isMeasured).toList();
  }

  public boolean isMeasured() {
    return !measured().isEmpty();
  }

  /**
   * Seeds that mean and spread are over: of the runs where there are several, else of trainings.
   */
  public int seeds() {
    return measured().size() > 1
        ? measured().size()
        : measured().stream().mapToInt(RunLine::seeds).sum();
  }

  /** How many candidates of a run its figure is the best of; the most where runs differ. */
  public int candidates() {
    return measured().stream().mapToInt(RunLine::candidates).max().orElse(0);
  }

  /** Says that the figure was chosen among others, by test figures; empty where it was not. */
  public List<String> choice() {
    return candidates() > 1 ? List.of("best of " + candidates() + " candidates") : List.of();
  }

  /** Whether the spread is that of whole runs. */
  public boolean isOverRuns() {
    return measured().size() > 1;
  }

  /** NaN if no run has a test figure. */
  public double mean() {
    return mean(RunLine::testFigureMean);
  }

  /** Sample standard deviation over {@link #seeds}; NaN for fewer than two. */
  public double std() {
    List<RunLine> measured = measured();
    return measured.size() == 1
        ? measured.get(0).testFigureStd()
        : Spread.of(measured.stream().mapToDouble(RunLine::testFigureMean).toArray());
  }

  /** Mean over the runs that have it; 0 when unknown. */
  public long parameters() {
    return mean(r -> r.cost().parameters() > 0 ? r.cost().parameters() : Double.NaN, 0);
  }

  /** Mean over the runs that have it; 0 when unknown. */
  public long multiplyAdds() {
    return mean(r -> r.cost().multiplyAdds() > 0 ? r.cost().multiplyAdds() : Double.NaN, 0);
  }

  /** Mean over the runs that have it; NaN if none has. */
  public double searchSeconds() {
    return mean(r -> r.cost().searchSeconds());
  }

  /** Mean over the runs that have it; NaN if none has. */
  public double trainingSeconds() {
    return mean(r -> r.cost().trainingSeconds());
  }

  private long mean(ToDoubleFunction<RunLine> figure, long otherwise) {
    double mean = mean(figure);
    return Double.isNaN(mean) ? otherwise : Math.round(mean);
  }

  private double mean(ToDoubleFunction<RunLine> figure) {
    return runs.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
