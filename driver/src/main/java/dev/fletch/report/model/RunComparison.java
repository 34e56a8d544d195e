package dev.fletch.report.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Several runs side by side, by method and data set.
 *
 * @param runs in the order they were given in; at least one
 */
public record RunComparison(List<RunLine> runs) {
  public RunComparison {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("Invalid comparison: it must have a run");
    }
  }

  /** Data sets, in the order of the runs. */
  public List<String> data() {
    return runs.stream().map(RunLine::data).distinct().toList();
  }

  /** Methods, in the order of the runs. */
  public List<String> methods() {
    return runs.stream().map(RunLine::method).distinct().toList();
  }

  /** The runs of a method on a data set, the best first, those without a figure last. */
  public List<RunLine> runs(String method, String data) {
    return runs.stream()
        .filter(run -> run.method().equals(method) && run.data().equals(data))
        .sorted(bestFirst())
        .toList();
  }

  /** The best run on a data set; empty if none has a test figure. */
  public Optional<RunLine> best(String data) {
    return runs.stream()
        .filter(run -> run.data().equals(data) && run.isMeasured())
        .min(bestFirst());
  }

  /** Runs on the same data are measured alike. */
  private static Comparator<RunLine> bestFirst() {
    return (one, other) ->
        one.metric().bestFirst().compare(one.testFigureMean(), other.testFigureMean());
  }
}
