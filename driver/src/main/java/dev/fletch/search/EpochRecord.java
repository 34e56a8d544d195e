package dev.fletch.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.genotype.CellGenotype;
import dev.fletch.genotype.Genotype;
import dev.fletch.genotype.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * One epoch of a search after its training: a line of {@code search/epochs.jsonl}. A number that is
 * not finite is null there.
 *
 * @param epoch from 0
 * @param temperature T of the epoch
 * @param trainAccuracy over the epoch's w minibatches, each scored before its step; fraction in [0,
 *     1]
 * @param validationAccuracy over the alpha portion, in evaluation mode, after the last step
 * @param alphaEntropy mean entropy of the edges' mixing weights, in nats
 * @param genotype derived from the mixing weights after the last step, at the epoch's T
 * @param seconds wall time, with the validation
 * @param imagesPerSecond examples that trained w per second of training, without the validation
 * @param watch what else was measured
 */
public record EpochRecord(
    int epoch,
    double temperature,
    double trainAccuracy,
    double validationAccuracy,
    double trainLoss,
    double validationLoss,
    double alphaEntropy,
    Genotype genotype,
    double seconds,
    double imagesPerSecond,
    Watch watch) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How many genes of one of the cells are skip connections. */
  public static int skipConnections(CellGenotype cell) {
    return cell.count(Operation.SKIP_CONNECT);
  }

  /**
   * The discretisation gap: accuracy of the supernet minus accuracy of the discretised network with
   * the same w; NaN if not measured.
   */
  public double discretisationGap() {
    return validationAccuracy - watch.discretisedAccuracy();
  }

  /**
   * Whether skip connections make up more than half of the normal cell: the known collapse of
   * differentiable search.
   */
  public boolean isCollapsed() {
    int genes = genotype.normal().nodes().stream().mapToInt(List::size).sum();
    return 2 * skipConnections(genotype.normal()) > genes;
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode().put("epoch", epoch);
    put(json, "temperature", temperature);
    put(json, "trainAccuracy", trainAccuracy);
    put(json, "validationAccuracy", validationAccuracy);
    put(json, "trainLoss", trainLoss);
    put(json, "validationLoss", validationLoss);
    put(json, "alphaEntropy", alphaEntropy);
    json.putObject("skipConnections")
        .put("normal", skipConnections(genotype.normal()))
        .put("reduction", skipConnections(genotype.reduction()));
    putGenotype(json, genotype);
    put(json, "discretisedAccuracy", watch.discretisedAccuracy());
    put(json, "discretisationGap", discretisationGap());
    put(json, "alphaEigenvalue", watch.alphaEigenvalue());
    putTemperatureGaps(json);
    putLambdas(json);
    put(json, "seconds", seconds);
    put(json, "imagesPerSecond", imagesPerSecond);
    return json.toString();
  }

  private void putTemperatureGaps(ObjectNode json) {
    ArrayNode gaps = json.putArray("temperatureGaps");
    for (Watch.TemperatureGap gap : watch.temperatureGaps()) {
      ObjectNode one = gaps.addObject();
      put(one, "temperature", gap.temperature());
      put(one, "accuracy", gap.accuracy());
      put(one, "discretisedAccuracy", gap.discretisedAccuracy());
      put(one, "gap", gap.gap());
    }
  }

  private void putLambdas(ObjectNode json) {
    ArrayNode lambdas = json.putArray("lambdas");
    for (Watch.LambdaResult result : watch.lambdas()) {
      ObjectNode one = lambdas.addObject();
      put(one, "lambda", result.lambda());
      put(one, "validationAccuracy", result.validationAccuracy());
      put(one, "complexity", result.complexity());
      putGenotype(one, result.genotype());
    }
  }

  private static void putGenotype(ObjectNode json, Genotype genotype) {
    json.putObject("genotype")
        .put("normal", genotype.normal().text())
        .put("reduction", genotype.reduction().text());
  }

  /**
   * @throws IllegalArgumentException if {@code line} is no record of an epoch
   */
  static EpochRecord fromJson(String line) {
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
        genotype(json),
        number(json, "seconds"),
        number(json, "imagesPerSecond"),
        watch(json));
  }

  private static Watch watch(JsonNode json) {
    List<Watch.TemperatureGap> gaps = new ArrayList<>();
    for (JsonNode gap : json.required("temperatureGaps")) {
      gaps.add(
          new Watch.TemperatureGap(
              number(gap, "temperature"),
              number(gap, "accuracy"),
              number(gap, "discretisedAccuracy")));
    }
    List<Watch.LambdaResult> lambdas = new ArrayList<>();
    for (JsonNode one : json.required("lambdas")) {
      lambdas.add(
          new Watch.LambdaResult(
              number(one, "lambda"),
              number(one, "validationAccuracy"),
              number(one, "complexity"),
              genotype(one)));
    }
    return new Watch(
        number(json, "discretisedAccuracy"), number(json, "alphaEigenvalue"), gaps, lambdas);
  }

  private static Genotype genotype(JsonNode json) {
    JsonNode genotype = json.required("genotype");
    return new Genotype(
        CellGenotype.parse(genotype.required("normal").asText()),
        CellGenotype.parse(genotype.required("reduction").asText()));
  }

  private static void put(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }

  private static double number(JsonNode json, String name) {
    JsonNode value = json.required(name);
    return value.isNull() ? Double.NaN : value.asDouble();
  }
}
