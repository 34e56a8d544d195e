package dev.fletch.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.fletch.architecture.JsonFields;
import dev.fletch.data.LabelNames;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metric;
import dev.fletch.retrain.TrainingResult.BestEpoch;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics in {@code result.json} that came after its first version. A file without them is
 * still a result; what it does not say is unknown.
 */
final class ResultMetrics {
  private ResultMetrics() {}

  static void put(ObjectNode json, TrainingResult result) {
    putUnknown(json, result.metric());
    ConfusionMatrix confusion = result.confusion();
    if (confusion.isKnown()) {
      json.put("macroPrecision", confusion.macroPrecision())
          .put("macroRecall", confusion.macroRecall())
          .put("macroF1", confusion.macroF1())
          .put("testExamples", confusion.examples());
      result.classNames().forEach(json.putArray("classes")::add);
      // One line, however many classes.
      json.putRawValue("confusionMatrix", new RawValue(confusion.toString()));
    }
    if (result.best().epoch() >= 0) {
      json.put(result.metric().field("bestTest"), result.best().testFigure())
          .put("bestTestEpoch", result.best().epoch());
    }
    if (result.cost().multiplyAdds() > 0) {
      json.put("multiplyAdds", result.cost().multiplyAdds());
    }
    if (Double.isFinite(result.imagesPerSecond())) {
      json.put("imagesPerSecond", result.imagesPerSecond());
    }
  }

  static void putUnknown(ObjectNode json, Metric metric) {
    List.of(
            "macroPrecision",
            "macroRecall",
            "macroF1",
            "testExamples",
            metric.field("bestTest"),
            "bestTestEpoch",
            "multiplyAdds",
            "imagesPerSecond",
            "classes",
            "confusionMatrix")
        .forEach(json::putNull);
  }

  static BestEpoch best(JsonFields json, Metric metric) {
    return json.hasValue("bestTestEpoch")
        ? new BestEpoch(json.integer("bestTestEpoch"), json.number(metric.field("bestTest")))
        : BestEpoch.NONE;
  }

  /**
   * The field {@code classes}: names in order of the labels; numbers if it is absent or null.
   *
   * @throws IllegalArgumentException if it does not name the classes of {@code confusionMatrix}
   */
  public static List<String> classNames(JsonNode json) {
    int classes = confusion(json).classes();
    if (!json.hasNonNull("classes")) {
      return LabelNames.numbers(classes);
    }
    List<String> names = new ArrayList<>();
    json.get("classes").forEach(name -> names.add(name.asText()));
    if (names.size() != classes) {
      throw new IllegalArgumentException(
          "classes must name the %d classes of the confusion matrix, got %s"
              .formatted(classes, json.get("classes")));
    }
    return names;
  }

  /**
   * The field {@code confusionMatrix}; unknown if it is absent or null.
   *
   * @throws IllegalArgumentException if it is no square of counts
   */
  static ConfusionMatrix confusion(JsonNode json) {
    if (!json.hasNonNull("confusionMatrix")) {
      return ConfusionMatrix.NONE;
    }
    JsonNode rows = json.get("confusionMatrix");
    long[][] counts = new long[rows.size()][];
    for (int c = 0; c < counts.length; c++) {
      counts[c] = new long[rows.get(c).size()];
      for (int p = 0; p < counts[c].length; p++) {
        JsonNode count = rows.get(c).get(p);
        if (!count.isIntegralNumber()) {
          throw new IllegalArgumentException("confusionMatrix must hold counts, got " + count);
        }
        counts[c][p] = count.asLong();
      }
    }
    return ConfusionMatrix.of(counts);
  }
}
