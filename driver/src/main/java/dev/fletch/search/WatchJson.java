package dev.fletch.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.JsonFields;
import dev.fletch.gradient.Metric;
import dev.fletch.runfolder.Json;
import java.util.ArrayList;
import java.util.List;

/** A {@link Watch} among the fields of an epoch. A number that is not finite is null. */
final class WatchJson {
  private static final String DISCRETISED = "discretised";

  private WatchJson() {}

  /** Adds the fields. */
  static void write(ObjectNode json, EpochRecord record) {
    Metric metric = record.metric();
    Watch watch = record.watch();
    Json.number(json, metric.field(DISCRETISED), watch.discretisedFigure());
    Json.number(json, "discretisationGap", record.discretisationGap());
    Json.number(json, "alphaEigenvalue", watch.alphaEigenvalue());
    json.put("alphaRanking", watch.ranking());
    var gaps = json.putArray("temperatureGaps");
    for (Watch.TemperatureGap at : watch.temperatureGaps()) {
      ObjectNode one = gaps.addObject();
      Json.number(one, "temperature", at.temperature());
      Json.number(one, metric.name(), at.figure());
      Json.number(one, metric.field(DISCRETISED), at.discretisedFigure());
      Json.number(one, "gap", at.gap(metric));
    }
    var lambdas = json.putArray("lambdas");
    for (Watch.LambdaResult result : watch.lambdas()) {
      ObjectNode one = lambdas.addObject();
      Json.number(one, "lambda", result.lambda());
      Json.number(one, metric.field("validation"), result.validationFigure());
      Json.number(one, "complexity", result.complexity());
      one.set("genotype", result.genotype().json());
    }
  }

  /**
   * Reads the fields; those that are missing, as in records of older versions, were not measured.
   *
   * @param metric of the epoch
   * @throws IllegalArgumentException if one of them cannot be understood
   */
  static Watch read(JsonFields json, Metric metric) {
    List<Watch.TemperatureGap> gaps = new ArrayList<>();
    for (JsonFields gap : json.objects("temperatureGaps")) {
      gaps.add(
          new Watch.TemperatureGap(
              gap.number("temperature"),
              gap.number(metric.name()),
              gap.number(metric.field(DISCRETISED))));
    }
    List<Watch.LambdaResult> lambdas = new ArrayList<>();
    for (JsonFields one : json.objects("lambdas")) {
      lambdas.add(
          new Watch.LambdaResult(
              one.number("lambda"),
              one.number(metric.field("validation")),
              one.number("complexity"),
              Architecture.read(one.node().path("genotype"), "lambdas.genotype")));
    }
    return new Watch(
        json.numberIfThere(metric.field(DISCRETISED)).orElse(Double.NaN),
        json.numberIfThere("alphaEigenvalue").orElse(Double.NaN),
        gaps,
        lambdas,
        json.hasValue("alphaRanking") ? json.text("alphaRanking") : "");
  }
}
