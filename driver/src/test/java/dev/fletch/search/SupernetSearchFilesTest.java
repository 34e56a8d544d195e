package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.supernet.SupernetSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a search writes and says of its epochs. */
class SupernetSearchFilesTest extends ToySearches {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyEpochIsRecordedUnderTheFixedNames() throws IOException {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    SearchResult result = search(plan, run, listener);
    List<String> lines = run.readLines("search/epochs.jsonl");
    assertThat(lines).hasSize(EPOCHS);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      JsonNode line = JSON.readTree(lines.get(epoch));
      assertThat(names(line))
          .containsExactly(
              "epoch",
              "temperature",
              "trainAccuracy",
              "validationAccuracy",
              "trainLoss",
              "validationLoss",
              "alphaEntropy",
              "skipConnections",
              "genotype",
              "discretisedAccuracy",
              "discretisationGap",
              "alphaEigenvalue",
              "alphaRanking",
              "temperatureGaps",
              "lambdas",
              "seconds",
              "imagesPerSecond");
      assertThat(names(line.get("skipConnections"))).containsExactly("normal", "reduction");
      assertThat(names(line.get("genotype"))).containsExactly("normal", "reduction");
      assertThat(line.get("epoch").asInt()).isEqualTo(epoch);
      assertThat(line.get("temperature").asDouble()).isCloseTo(5 - epoch * 4.0 / 3, within(1e-12));
      assertThat(line.get("genotype").get("normal").asText())
          .isEqualTo(CellPair.of(result.epochs().get(epoch).genotype()).normal().text());
    }
    // the toy problem can be learnt: the record follows the training
    assertThat(result.epochs().get(3).trainLoss()).isLessThan(result.epochs().get(0).trainLoss());
    assertThat(result.epochs().get(3).validationFigure()).isGreaterThan(0.5);
    assertThat(listener.steps).isEqualTo(EPOCHS * 3);
  }

  @Test
  void alphaFileHoldsTheMixingWeightsOfTheEpochsTemperature() throws IOException {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    SearchResult result = search(plan, run, listener);
    JsonNode alpha = JSON.readTree(run.readText("search/alpha/epoch-000.json"));
    assertThat(names(alpha))
        .containsExactly(
            "formatVersion",
            "epoch",
            "temperature",
            "operations",
            "normal",
            "reduction",
            "alphaNormal",
            "alphaReduction",
            "alphaMore");
    assertThat(alpha.get("operations"))
        .extracting(JsonNode::asText)
        .containsExactly("none", "skip_connect", "sep_conv_3x3");
    assertThat(alpha.get("normal")).hasSize(5);
    double entropy = 0;
    for (String cell : List.of("normal", "reduction")) {
      for (int edge = 0; edge < 5; edge++) {
        JsonNode raw =
            alpha.get(cell.equals("normal") ? "alphaNormal" : "alphaReduction").get(edge);
        double sum = 0;
        for (JsonNode value : raw) {
          sum += Math.exp(value.asDouble() / 5);
        }
        for (int k = 0; k < 3; k++) {
          double p = Math.exp(raw.get(k).asDouble() / 5) / sum;
          assertThat(alpha.get(cell).get(edge).get(k).asDouble()).isCloseTo(p, within(1e-6));
          entropy -= p * Math.log(p) / 10;
        }
      }
    }
    assertThat(result.epochs().get(0).alphaEntropy()).isCloseTo(entropy, within(1e-5));
    assertThat(run.list("search/alpha")).hasSize(EPOCHS);
  }

  @Test
  void collapseIsSaidOnce() {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    SupernetSettings onlySkips = new SupernetSettings(4, 2, 2, 3, List.of(Operation.SKIP_CONNECT));
    SearchPlan collapsing =
        new SearchPlan(plan.settings(), onlySkips, 2, plan.metric(), 7, plan.keys());
    search(collapsing, create("run"), listener);
    assertThat(listener.warnings)
        .containsExactly(
            "epoch 0: the normal cell is collapsing: 4 of its genes are skip connections, more than"
                + " half; later genotypes may be poor");
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
