package dev.fletch.report.model;

import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A candidate at a lambda: the one that a hypernetwork gave it for, or the weight of the penalty
 * that its search had.
 *
 * @param search name of the search it is from
 * @param settings what a sweep varied of that search, besides method and lambda
 * @param method of that search
 * @param epoch in words, for example {@code epoch 30} or {@code best-validation}
 * @param order of {@code epoch} among others: its number, or {@link #CHOSEN}
 * @param penalised whether the lambda is that of the whole search
 * @param figures test figures of the trainings that have one
 * @param precisions macro precisions of the same trainings, fractions
 * @param parameters 0 when unknown
 */
public record LambdaSample(
    String search,
    Map<String, String> settings,
    String method,
    String epoch,
    int order,
    boolean penalised,
    double lambda,
    String candidate,
    List<Double> figures,
    List<Double> precisions,
    long parameters) {
  /** Of epochs that a label chooses, after all that are named by number. */
  static final int CHOSEN = Integer.MAX_VALUE;

  private static final Pattern NO_SETTING =
      Pattern.compile("search\\.(alpha-l1|method(\\.name)?)|retrain\\.candidates|seed");

  public LambdaSample {
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(epoch, "epoch");
    Objects.requireNonNull(candidate, "candidate");
    settings = Map.copyOf(settings);
    figures = List.copyOf(figures);
    precisions = List.copyOf(precisions);
  }

  /**
   * One for each origin of each candidate that is an epoch of the search.
   *
   * @param varied full key of what a sweep varied to its value
   */
  public static List<LambdaSample> of(String search, Map<String, String> varied, RunReport run) {
    Map<String, String> settings = new TreeMap<>(varied);
    settings.keySet().removeIf(key -> NO_SETTING.matcher(key).matches());
    List<LambdaSample> samples = new ArrayList<>();
    for (CandidateReport candidate : run.candidates()) {
      for (Origin origin : candidate.origins()) {
        if (origin.epoch().isPresent()) {
          samples.add(of(search, settings, run.search(), candidate, origin));
        }
      }
    }
    return samples;
  }

  private static LambdaSample of(
      String search,
      Map<String, String> settings,
      SearchReport by,
      CandidateReport candidate,
      Origin origin) {
    int number = origin.epoch().orElseThrow();
    // Which epoch these are differs from search to search: as lines of their own they can be
    // compared.
    boolean chosen =
        origin.label().equals("best-validation") || origin.label().equals("before-collapse");
    return new LambdaSample(
        search,
        settings,
        by.method(),
        chosen ? origin.label() : "epoch " + number,
        chosen ? CHOSEN : number,
        origin.lambda().isEmpty(),
        origin.lambda().orElse(by.alphaL1()),
        candidate.id(),
        candidate.results().stream().map(TrainingResult::testFigure).toList(),
        candidate.results().stream()
            .map(result -> result.confusion().macroPrecision())
            .filter(precision -> !Double.isNaN(precision))
            .toList(),
        candidate.parameters());
  }
}
