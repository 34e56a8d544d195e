package dev.fletch.report.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several runs side by side, by data set and method.
 *
 * @param runs what each method came to in each run, in the order the runs were given in; at least
 *     one
 */
public record RunComparison(List<RunLine> runs) {
  public RunComparison {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("Invalid comparison: it must have a run");
    }
  }

  /** How many runs there are. */
  public int count() {
    return (int) runs.stream().map(RunLine::folder).distinct().count();
  }

  /** Data sets, in the order of the runs. */
  public List<String> data() {
    return runs.stream().map(RunLine::data).distinct().toList();
  }

  /** Methods, in the order of the runs: what was made by hand first, for that is to be beaten. */
  public List<String> methods() {
    return runs.stream()
        .map(RunLine::method)
        .distinct()
        .sorted(Comparator.comparing(method -> !method.equals(RunLine.BASELINE)))
        .toList();
  }

  /**
   * What a method came to on a data set: a result for each setting, over the runs that differ in
   * their seed alone, each once where several have the same trainings. The best first, those
   * without a figure last.
   */
  public List<MethodResult> results(String method, String data) {
    Map<String, Map<String, RunLine>> byExperiment = new LinkedHashMap<>();
    runs.stream()
        .filter(run -> run.method().equals(method) && run.data().equals(data))
        .sorted(Comparator.comparing(run -> !run.isMeasured()))
        .forEach(
            run ->
                byExperiment
                    .computeIfAbsent(run.experiment(), unused -> new LinkedHashMap<>())
                    .putIfAbsent(run.trainings(), run));
    return byExperiment.values().stream()
        .map(lines -> new MethodResult(List.copyOf(lines.values())))
        .sorted(bestFirst())
        .toList();
  }

  /**
   * Says that a method's first figure on a data set was chosen among others, by test figures; empty
   * where it was not.
   */
  public List<String> choices(String method, String data) {
    List<MethodResult> measured =
        results(method, data).stream().filter(MethodResult::isMeasured).toList();
    List<String> choices = new ArrayList<>();
    if (measured.size() > 1) {
      choices.add("best of " + measured.size() + " settings");
    }
    measured.stream().findFirst().map(MethodResult::choice).ifPresent(choices::addAll);
    return choices;
  }

  /** The best result on a data set, or all that are level there; empty if none has a figure. */
  public List<MethodResult> best(String data) {
    List<MethodResult> ranked =
        methods().stream()
            .flatMap(method -> results(method, data).stream())
            .filter(MethodResult::isMeasured)
            .sorted(bestFirst())
            .toList();
    return ranked.stream()
        .filter(result -> result.metric().isLevel(result.mean(), ranked.get(0).mean()))
        .toList();
  }

  /** All of them: by data set, then by method, the best setting first. */
  public List<MethodResult> results() {
    return data().stream()
        .flatMap(data -> methods().stream().flatMap(method -> results(method, data).stream()))
        .toList();
  }

  /** Runs on the same data are measured alike. */
  private static Comparator<MethodResult> bestFirst() {
    return (one, other) -> one.metric().bestFirst().compare(one.mean(), other.mean());
  }
}
