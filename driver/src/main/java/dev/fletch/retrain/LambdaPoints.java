package dev.fletch.retrain;

import dev.fletch.architecture.Architecture;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.search.SearchResult;
import dev.fletch.search.Watch.LambdaResult;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The points of a hypernetwork that a label means, with their genotypes. */
final class LambdaPoints {
  /** Two ways to write a number, or a float in between, differ by less; lambdas by more. */
  private static final double RELATIVE = 1e-6;

  private LambdaPoints() {}

  /**
   * @param label to name in messages
   * @param wanted {@link CandidateLabel.Lambda} or {@link CandidateLabel.Lambdas}
   * @throws dev.fletch.settings.InvalidSettingsException if the search has no such point
   */
  static Map<Origin, Architecture> of(String label, CandidateLabel wanted, SearchResult search) {
    OptionalInt epoch =
        wanted instanceof CandidateLabel.Lambda one
            ? one.epoch()
            : ((CandidateLabel.Lambdas) wanted).epoch();
    int number = epoch.orElse(search.lastEpoch());
    List<LambdaResult> recorded = Candidates.record(label, number, search).watch().lambdas();
    if (recorded.isEmpty()) {
      throw Candidates.refused(
          "names %s, but the search recorded no lambdas in epoch %d; the method hypernetwork does"
              .formatted(label, number));
    }
    String suffix = epoch.isPresent() ? "-epoch-" + number : "";
    Map<Origin, Architecture> points = new LinkedHashMap<>();
    for (LambdaResult point : recorded) {
      if (!(wanted instanceof CandidateLabel.Lambda one) || equal(one.value(), point.lambda())) {
        String id = "lambda-" + text(point.lambda()) + suffix;
        points.put(Origin.ofLambda(id, number, point.lambda()), point.genotype());
      }
    }
    if (points.isEmpty()) {
      throw Candidates.refused(
          "names %s, but the search recorded the lambdas %s"
              .formatted(
                  label,
                  recorded.stream().map(r -> text(r.lambda())).collect(Collectors.joining(", "))));
    }
    return points;
  }

  private static boolean equal(double wanted, double recorded) {
    return Math.abs(wanted - recorded) <= RELATIVE * Math.abs(recorded);
  }

  /** Without an exponent: the text is part of a folder's name. */
  private static String text(double lambda) {
    return new BigDecimal(Double.toString(lambda)).stripTrailingZeros().toPlainString();
  }
}
