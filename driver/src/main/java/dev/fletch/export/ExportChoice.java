package dev.fletch.export;

import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.RetrainResult;
import dev.fletch.retrain.RetrainResult.CandidateResult;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.run.UsageException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which training of a run is exported.
 *
 * @param result the best one of the candidate, or that of a given seed
 */
record ExportChoice(Candidate candidate, TrainingResult result) {
  /**
   * @param candidate id, or another label of the same candidate; null for the best by mean test
   *     score
   * @param seed null for the best one
   * @throws UsageException if there is no such training; the message lists those there are
   */
  static ExportChoice of(RetrainResult results, String candidate, Long seed, String run) {
    List<CandidateResult> trained =
        results.candidates().stream().filter(c -> !c.trained().isEmpty()).toList();
    if (trained.isEmpty()) {
      throw new UsageException(
          "run folder %s: no candidate is retrained; fletch retrain does that".formatted(run));
    }
    Comparator<Double> bestFirst = trained.get(0).trained().get(0).metric().bestFirst();
    CandidateResult chosen =
        candidate == null
            ? trained.stream()
                .min(Comparator.comparing(CandidateResult::testFigureMean, bestFirst))
                .orElseThrow()
            : named(trained, candidate);
    TrainingResult result =
        chosen.trained().stream()
            .filter(r -> seed == null || r.seed() == seed)
            .min(Comparator.comparing(TrainingResult::testFigure, bestFirst))
            .orElseThrow(
                () ->
                    new UsageException(
                        "--seed %d: %s was trained with %s"
                            .formatted(seed, chosen.candidate().id(), seeds(chosen))));
    return new ExportChoice(chosen.candidate(), result);
  }

  private static CandidateResult named(List<CandidateResult> trained, String name) {
    return trained.stream()
        .filter(c -> c.candidate().origins().stream().anyMatch(o -> o.label().equals(name)))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--candidate %s: the retrained candidates are %s"
                        .formatted(
                            name,
                            trained.stream()
                                .map(c -> c.candidate().id())
                                .collect(Collectors.joining(", ")))));
  }

  private static String seeds(CandidateResult candidate) {
    return candidate.trained().stream()
        .map(r -> Long.toString(r.seed()))
        .collect(Collectors.joining(", ", "the seeds ", ""));
  }
}
