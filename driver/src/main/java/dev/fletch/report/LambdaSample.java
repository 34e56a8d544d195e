package dev.fletch.report;

import dev.fletch.report.CandidateReport.Origin;
import dev.fletch.report.CandidateReport.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A candidate at a lambda: the one that a hypernetwork gave it for, or the weight of the penalty
 * that its search had.
 *
 * @param search name of the search it is from
 * @param method of that search
 * @param epoch in words, for example {@code epoch 30} or {@code best-validation}
 * @param order of {@code epoch} among others: its number, or {@link #CHOSEN}
 * @param penalised whether the lambda is that of the whole search
 * @param accuracies test accuracies of the trainings that have one
 * @param precisions macro precisions likewise
 * @param parameters 0 when unknown
 */
record LambdaSample(
    String search,
    String method,
    String epoch,
    int order,
    boolean penalised,
    double lambda,
    String candidate,
    List<Double> accuracies,
    List<Double> precisions,
    long parameters) {
  /** Of epochs that a label chooses, after all that are named by number. */
  static final int CHOSEN = Integer.MAX_VALUE;

  LambdaSample {
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(epoch, "epoch");
    Objects.requireNonNull(candidate, "candidate");
    accuracies = List.copyOf(accuracies);
    precisions = List.copyOf(precisions);
  }

  /** One for each origin of each candidate that is an epoch of the search. */
  static List<LambdaSample> of(String search, RunReport run) {
    List<LambdaSample> samples = new ArrayList<>();
    for (CandidateReport candidate : run.candidates()) {
      for (Origin origin : candidate.origins()) {
        if (origin.epoch().isPresent()) {
          samples.add(of(search, run.search(), candidate, origin));
        }
      }
    }
    return samples;
  }

  private static LambdaSample of(
      String search, SearchReport by, CandidateReport candidate, Origin origin) {
    int number = origin.epoch().orElseThrow();
    // Which epoch these are differs from search to search: as lines of their own they can be
    // compared.
    boolean chosen =
        origin.label().equals("best-validation") || origin.label().equals("before-collapse");
    List<Seed> measured = candidate.seeds().stream().filter(Seed::measured).toList();
    return new LambdaSample(
        search,
        by.method(),
        chosen ? origin.label() : "epoch " + number,
        chosen ? CHOSEN : number,
        origin.lambda().isEmpty(),
        origin.lambda().orElse(by.alphaL1()),
        candidate.id(),
        measured.stream().map(Seed::testAccuracy).toList(),
        measured.stream()
            .map(seed -> seed.metrics().confusion().macroPrecision())
            .filter(precision -> !Double.isNaN(precision))
            .toList(),
        candidate.parameters());
  }
}
