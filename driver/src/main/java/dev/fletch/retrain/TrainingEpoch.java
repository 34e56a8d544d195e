package dev.fletch.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * @param seconds wall time
 */
public record TrainingEpoch(
    int epoch,
    double learningRate,
    double trainLoss,
    double trainAccuracy,
    double seconds,
    double imagesPerSecond) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String toJson() {
    return JSON.createObjectNode()
        .put("epoch", epoch)
        .put("learningRate", learningRate)
        .put("trainLoss", trainLoss)
        .put("trainAccuracy", trainAccuracy)
        .put("seconds", seconds)
        .put("imagesPerSecond", imagesPerSecond)
        .toString();
  }

  static TrainingEpoch fromJson(String line) throws JsonProcessingException {
    JsonNode json = JSON.readTree(line);
    return new TrainingEpoch(
        json.required("epoch").asInt(),
        json.required("learningRate").asDouble(),
        json.required("trainLoss").asDouble(),
        json.required("trainAccuracy").asDouble(),
        json.required("seconds").asDouble(),
        json.required("imagesPerSecond").asDouble());
  }

  /** The curve of a training so far; empty if it has not finished an epoch. */
  public static List<TrainingEpoch> read(RunFolder run, String candidate, long seed) {
    String file = CandidateJob.folder(candidate, seed) + "/metrics.jsonl";
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
