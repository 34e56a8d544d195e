package dev.fletch.report.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metric;
import dev.fletch.report.model.CandidateMetrics;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.Comparison;
import dev.fletch.report.model.Leaderboard;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.retrain.Protocol;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.runfolder.Json;
import java.util.List;
import java.util.Optional;

/** The fields of {@code report.json} for metrics, statistics and protocol. */
final class MetricsJson {
  /** From so many classes on a confusion matrix is in {@code result.json} only. */
  private static final int MANY_CLASSES = 100;

  private MetricsJson() {}

  static void protocol(ObjectNode json, Protocol protocol) {
    json.put("protocol", protocol.testing().text());
    Json.number(json, "validationPortion", protocol.validationPortion());
  }

  static void training(ObjectNode json, TrainingReport training, Metric metric) {
    Json.number(json, "testLoss", training.number(TrainingResult::testLoss));
    Json.number(json, "macroPrecision", training.number(r -> r.confusion().macroPrecision()));
    Json.number(json, "macroRecall", training.number(r -> r.confusion().macroRecall()));
    Json.number(json, "macroF1", training.number(r -> r.confusion().macroF1()));
    Json.number(json, metric.field("bestTest"), training.number(r -> r.best().testFigure()));
    Optional<TrainingResult> result = training.result();
    json.put("bestTestEpoch", result.map(r -> r.best().epoch()).filter(e -> e >= 0).orElse(null));
    Json.number(json, "imagesPerSecond", training.number(TrainingResult::imagesPerSecond));
    json.put("epochs", result.map(TrainingResult::epochs).filter(e -> e > 0).orElse(null));
    Optional<ConfusionMatrix> confusion =
        result
            .map(TrainingResult::confusion)
            .filter(matrix -> matrix.isKnown() && matrix.classes() < MANY_CLASSES);
    if (confusion.isPresent()) {
      json.putRawValue("confusionMatrix", new RawValue(confusion.get().toString()));
    } else {
      json.putNull("confusionMatrix");
    }
  }

  static void candidate(
      ObjectNode json, CandidateReport candidate, List<CandidateReport> all, Metric metric) {
    CandidateMetrics metrics = CandidateMetrics.of(candidate);
    json.put("measuredSeeds", candidate.measuredSeeds());
    json.put("testExamples", metrics.testExamples() > 0 ? metrics.testExamples() : null);
    Json.number(json, metric.field("test") + "HalfWidth", metrics.halfWidth());
    Json.number(json, "testLossMean", metrics.testLoss());
    Json.number(json, "macroPrecisionMean", metrics.macroPrecision());
    Json.number(json, "macroRecallMean", metrics.macroRecall());
    Json.number(json, "macroF1Mean", metrics.macroF1());
    Json.number(json, metric.field("bestTest") + "Mean", metrics.bestTestFigure());
    Json.number(json, "imagesPerSecondMean", metrics.imagesPerSecond());
    json.put("multiplyAdds", metrics.multiplyAdds() > 0 ? metrics.multiplyAdds() : null);
    Optional<Comparison> comparison = Leaderboard.comparison(candidate, all);
    if (comparison.isEmpty()) {
      json.putNull("comparison");
      return;
    }
    Comparison found = comparison.get();
    ObjectNode entry = json.putObject("comparison");
    entry.put("leader", found.leader()).put("commonSeeds", found.commonSeeds());
    Json.number(entry, "difference", found.difference());
    Json.number(entry, "pValue", found.pValue());
    entry.put("text", found.text());
  }
}
