package dev.fletch.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A line of {@code search/epochs.jsonl}. A number that is not finite is null there. */
final class EpochJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EpochJson() {}

  static String text(EpochRecord record) {
    ObjectNode json = JSON.createObjectNode().put("epoch", record.epoch());
    WatchJson.number(json, "temperature", record.temperature());
    WatchJson.number(json, "trainAccuracy", record.trainAccuracy());
    WatchJson.number(json, "validationAccuracy", record.validationAccuracy());
    WatchJson.number(json, "trainLoss", record.trainLoss());
    WatchJson.number(json, "validationLoss", record.validationLoss());
    WatchJson.number(json, "alphaEntropy", record.alphaEntropy());
    json.putObject("skipConnections")
        .put("normal", EpochRecord.skipConnections(record.genotype().normal()))
        .put("reduction", EpochRecord.skipConnections(record.genotype().reduction()));
    WatchJson.genotype(json, record.genotype());
    WatchJson.write(json, record.watch(), record.discretisationGap());
    WatchJson.number(json, "seconds", record.seconds());
    WatchJson.number(json, "imagesPerSecond", record.imagesPerSecond());
    return json.toString();
  }

  /**
   * @throws IllegalArgumentException if {@code line} is no record of an epoch
   */
  static EpochRecord read(String line) {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
    return new EpochRecord(
        json.required("epoch").asInt(),
        number(json, "temperature"),
        number(json, "trainAccuracy"),
        number(json, "validationAccuracy"),
        number(json, "trainLoss"),
        number(json, "validationLoss"),
        number(json, "alphaEntropy"),
        WatchJson.genotype(json),
        number(json, "seconds"),
        number(json, "imagesPerSecond"),
        WatchJson.read(json));
  }

  private static double number(JsonNode json, String name) {
    JsonNode value = json.required(name);
    return value.isNull() ? Double.NaN : value.asDouble();
  }
}
