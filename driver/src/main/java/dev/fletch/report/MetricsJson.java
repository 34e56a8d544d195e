package dev.fletch.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.report.CandidateReport.Seed;
import java.util.List;
import java.util.Optional;

/** The fields of {@code report.json} for metrics, statistics and protocol. */
final class MetricsJson {
  /** From so many classes on a confusion matrix is in {@code result.json} only. */
  private static final int MANY_CLASSES = 100;

  private MetricsJson() {}

  static void protocol(ObjectNode json, RetrainProtocol protocol) {
    json.put("protocol", protocol.testing().isEmpty() ? null : protocol.testing());
    number(json, "validationPortion", protocol.validationPortion());
  }

  static void seed(ObjectNode json, Seed seed) {
    SeedMetrics metrics = seed.metrics();
    ConfusionMatrix confusion = metrics.confusion();
    number(json, "testLoss", seed.testLoss());
    number(json, "macroPrecision", confusion.macroPrecision());
    number(json, "macroRecall", confusion.macroRecall());
    number(json, "macroF1", confusion.macroF1());
    number(json, "bestTestAccuracy", metrics.bestTestAccuracy());
    json.put("bestTestEpoch", metrics.bestTestEpoch() < 0 ? null : metrics.bestTestEpoch());
    number(json, "imagesPerSecond", metrics.imagesPerSecond());
    json.put("epochs", metrics.epochs() > 0 ? metrics.epochs() : null);
    if (confusion.isKnown() && confusion.classes() < MANY_CLASSES) {
      json.putRawValue("confusionMatrix", new RawValue(confusion.toString()));
    } else {
      json.putNull("confusionMatrix");
    }
  }

  static void candidate(ObjectNode json, CandidateReport candidate, List<CandidateReport> all) {
    CandidateMetrics metrics = CandidateMetrics.of(candidate);
    json.put("measuredSeeds", candidate.measuredSeeds());
    json.put("testExamples", metrics.testExamples() > 0 ? metrics.testExamples() : null);
    number(json, "testAccuracyHalfWidth", metrics.halfWidth());
    number(json, "testLossMean", metrics.testLoss());
    number(json, "macroPrecisionMean", metrics.macroPrecision());
    number(json, "macroRecallMean", metrics.macroRecall());
    number(json, "macroF1Mean", metrics.macroF1());
    number(json, "bestTestAccuracyMean", metrics.bestTestAccuracy());
    number(json, "imagesPerSecondMean", metrics.imagesPerSecond());
    json.put("multiplyAdds", metrics.multiplyAdds() > 0 ? metrics.multiplyAdds() : null);
    Optional<Comparison> comparison = Leaderboard.comparison(candidate, all);
    if (comparison.isEmpty()) {
      json.putNull("comparison");
      return;
    }
    Comparison found = comparison.get();
    ObjectNode entry = json.putObject("comparison");
    entry.put("leader", found.leader()).put("commonSeeds", found.commonSeeds());
    number(entry, "difference", found.difference());
    number(entry, "pValue", found.pValue());
    entry.put("text", found.text());
  }

  private static void number(ObjectNode json, String key, double value) {
    if (Double.isFinite(value)) {
      json.put(key, value);
    } else {
      json.putNull(key);
    }
  }
}
