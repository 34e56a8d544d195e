package dev.fletch.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.JsonFields;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.gradient.Metric;
import dev.fletch.runfolder.Json;
import dev.fletch.runfolder.MetricField;

/** An epoch as JSON: a line of {@code search/epochs.jsonl}. */
public final class EpochJson {
  /** Fields that depend on the machine's speed. */
  public static final String SECONDS = "seconds";

  public static final String IMAGES_PER_SECOND = "imagesPerSecond";

  private EpochJson() {}

  /** All fields; a number that is not finite is null. */
  public static ObjectNode tree(EpochRecord record) {
    ObjectNode json = Json.object().put("epoch", record.epoch());
    MetricField.write(json, record.metric());
    record.alpha().ifPresent(alpha -> Json.number(json, "temperature", alpha.temperature()));
    Json.number(json, record.metric().field("train"), record.trainFigure());
    Json.number(json, record.metric().field("validation"), record.validationFigure());
    Json.number(json, "trainLoss", record.trainLoss());
    Json.number(json, "validationLoss", record.validationLoss());
    if (record.alpha().isPresent()) {
      Json.number(json, "alphaEntropy", record.alphaEntropy());
      skips(json, record);
    }
    json.set("genotype", record.genotype().json());
    if (record.details() instanceof GenerationDetails generation) {
      json.set(GenerationJson.FIELD, GenerationJson.tree(generation, record.metric()));
    } else {
      WatchJson.write(json, record);
    }
    Json.number(json, SECONDS, record.seconds());
    Json.number(json, IMAGES_PER_SECOND, record.imagesPerSecond());
    return json;
  }

  private static void skips(ObjectNode json, EpochRecord record) {
    if (record.genotype() instanceof RecurrentCell cell) {
      json.put("identities", cell.identities());
      return;
    }
    json.putObject("skipConnections")
        .put("normal", record.skipConnections().normal())
        .put("reduction", record.skipConnections().reduction());
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if {@code line} is no record of an epoch
   */
  static EpochRecord read(String line) {
    JsonFields json = Json.object(line);
    Metric metric = MetricField.read(json);
    return new EpochRecord(
        json.integer("epoch"),
        metric,
        json.number(metric.field("train")),
        json.number(metric.field("validation")),
        json.number("trainLoss"),
        json.number("validationLoss"),
        Architecture.read(json.node().path("genotype"), "genotype"),
        json.number(SECONDS),
        json.number(IMAGES_PER_SECOND),
        details(json, metric));
  }

  private static EpochDetails details(JsonFields json, Metric metric) {
    return json.hasValue(GenerationJson.FIELD)
        ? GenerationJson.read(json.object(GenerationJson.FIELD), metric)
        : new AlphaDetails(
            json.number("temperature"), json.number("alphaEntropy"), WatchJson.read(json, metric));
  }
}
