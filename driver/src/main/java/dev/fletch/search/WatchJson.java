package dev.fletch.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Genotype;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Watch} among the fields of an epoch, in {@code search/epochs.jsonl} and in reports. A
 * number that is not finite is null.
 */
public final class WatchJson {
  private WatchJson() {}

  /**
   * Adds the fields.
   *
   * @param gap the discretisation gap
   */
  public static void write(ObjectNode json, Watch watch, double gap) {
    number(json, "discretisedAccuracy", watch.discretisedAccuracy());
    number(json, "discretisationGap", gap);
    number(json, "alphaEigenvalue", watch.alphaEigenvalue());
    json.put("alphaRanking", watch.ranking());
    var gaps = json.putArray("temperatureGaps");
    for (Watch.TemperatureGap at : watch.temperatureGaps()) {
      ObjectNode one = gaps.addObject();
      number(one, "temperature", at.temperature());
      number(one, "accuracy", at.accuracy());
      number(one, "discretisedAccuracy", at.discretisedAccuracy());
      number(one, "gap", at.gap());
    }
    var lambdas = json.putArray("lambdas");
    for (Watch.LambdaResult result : watch.lambdas()) {
      ObjectNode one = lambdas.addObject();
      number(one, "lambda", result.lambda());
      number(one, "validationAccuracy", result.validationAccuracy());
      number(one, "complexity", result.complexity());
      genotype(one, result.genotype());
    }
  }

  /**
   * Reads the fields; those that are missing, as in records of older versions, were not measured.
   *
   * @throws IllegalArgumentException if a genotype cannot be understood
   */
  public static Watch read(JsonNode json) {
    List<Watch.TemperatureGap> gaps = new ArrayList<>();
    for (JsonNode gap : json.path("temperatureGaps")) {
      gaps.add(
          new Watch.TemperatureGap(
              number(gap, "temperature"),
              number(gap, "accuracy"),
              number(gap, "discretisedAccuracy")));
    }
    List<Watch.LambdaResult> lambdas = new ArrayList<>();
    for (JsonNode one : json.path("lambdas")) {
      lambdas.add(
          new Watch.LambdaResult(
              number(one, "lambda"),
              number(one, "validationAccuracy"),
              number(one, "complexity"),
              genotype(one)));
    }
    return new Watch(
        number(json, "discretisedAccuracy"),
        number(json, "alphaEigenvalue"),
        gaps,
        lambdas,
        json.path("alphaRanking").asText(""));
  }

  static Genotype genotype(JsonNode json) {
    return Genotype.read(json.path("genotype"), "$.genotype");
  }

  static void genotype(ObjectNode json, Genotype genotype) {
    json.set("genotype", genotype.json());
  }

  static void number(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }

  private static double number(JsonNode json, String name) {
    return json.hasNonNull(name) ? json.get(name).asDouble() : Double.NaN;
  }
}
