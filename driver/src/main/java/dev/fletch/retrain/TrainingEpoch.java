package dev.fletch.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.ArrayList;
import java.util.List;

/**
 * One epoch of a training from scratch: a line of {@code metrics.jsonl}.
 *
 * @param trainLoss mean over the epoch's examples, each measured before its step; NaN is null in
 *     JSON
 * @param trainAccuracy likewise, fraction in [0, 1]
 * @param seconds wall time of its steps
 * @param evaluated what the protocol measures after every epoch
 */
public record TrainingEpoch(
    int epoch,
    double learningRate,
    double trainLoss,
    double trainAccuracy,
    double seconds,
    double imagesPerSecond,
    Evaluated evaluated) {
  /**
   * Evaluations after an epoch's training. All NaN, and absent in JSON, where the protocol has
   * none; a loss that is not finite is null in JSON and NaN here.
   *
   * @param seconds wall time; 0 where there were none
   */
  public record Evaluated(
      double validationLoss,
      double validationAccuracy,
      double testLoss,
      double testAccuracy,
      double seconds) {
    public static final Evaluated NOTHING =
        new Evaluated(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the figures beside the losses are. */
  public Metric metric() {
    return Metrics.ACCURACY;
  }

  String toJson() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("epoch", epoch)
            .put("learningRate", learningRate)
            .put("trainLoss", trainLoss)
            .put("trainAccuracy", trainAccuracy)
            .put("seconds", seconds)
            .put("imagesPerSecond", imagesPerSecond);
    if (!Double.isNaN(evaluated.validationAccuracy())) {
      number(json, "validationLoss", evaluated.validationLoss());
      json.put("validationAccuracy", evaluated.validationAccuracy());
    }
    if (!Double.isNaN(evaluated.testAccuracy())) {
      number(json, "testLoss", evaluated.testLoss());
      json.put("testAccuracy", evaluated.testAccuracy());
    }
    if (evaluated.seconds() > 0) {
      json.put("evaluationSeconds", evaluated.seconds());
    }
    return json.toString();
  }

  private static void number(ObjectNode json, String key, double value) {
    if (Double.isFinite(value)) {
      json.put(key, value);
    } else {
      json.putNull(key);
    }
  }

  static TrainingEpoch fromJson(String line) throws JsonProcessingException {
    JsonNode json = JSON.readTree(line);
    return new TrainingEpoch(
        json.required("epoch").asInt(),
        json.required("learningRate").asDouble(),
        json.required("trainLoss").asDouble(),
        json.required("trainAccuracy").asDouble(),
        json.required("seconds").asDouble(),
        json.required("imagesPerSecond").asDouble(),
        new Evaluated(
            json.path("validationLoss").asDouble(Double.NaN),
            json.path("validationAccuracy").asDouble(Double.NaN),
            json.path("testLoss").asDouble(Double.NaN),
            json.path("testAccuracy").asDouble(Double.NaN),
            json.path("evaluationSeconds").asDouble(0)));
  }

  /** Where the curve of a training is, relative to the run. */
  static String file(String candidate, long seed) {
    return CandidateJob.folder(candidate, seed) + "/metrics.jsonl";
  }

  /** The curve of a training so far; empty if it has not finished an epoch. */
  public static List<TrainingEpoch> read(RunFolder run, String candidate, long seed) {
    String file = file(candidate, seed);
    List<TrainingEpoch> epochs = new ArrayList<>();
    if (!run.exists(file)) {
      return epochs;
    }
    for (String line : run.readLines(file)) {
      try {
        epochs.add(fromJson(line));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new RunFolderException(
            run.path() + "/" + file + ":" + (epochs.size() + 1) + ": is no line of metrics", e);
      }
    }
    return epochs;
  }
}
