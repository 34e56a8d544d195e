package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.architecture.CellGenotype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job from data to report, and its phases one by one, on a real Spark. */
class EndToEndTest {
  @TempDir static Path folder;

  private static Path conf;
  private static TinyRun.Outcome outcome;
  private static RunFiles whole;

  @BeforeAll
  static void runEverything() throws IOException {
    whole = new RunFiles(folder.resolve("whole"));
    conf = TinyRun.conf(folder, whole.root(), "");
    outcome = TinyRun.fletch("run", conf);
  }

  @Test
  void saysWhatItDoesAndSucceeds() {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.errorLines().get(0)).startsWith("Spark 3.5").contains("local[2]");
    assertThat(outcome.errorLines())
        .contains("search starts at epoch 0 of 3", "run folder: " + whole.root());
    assertThat(outcome.err())
        .contains("search: epoch 2: validation accuracy 0.")
        .doesNotContain("\tat ");
  }

  @Test
  void leavesEveryFile() throws IOException {
    List<String> expected =
        new ArrayList<>(
            List.of(
                "_SUCCESS",
                "config.conf",
                "manifest.json",
                "report/index.html",
                "report/leaderboard.csv",
                "report/metrics.jsonl",
                "report/report.json",
                "report/results.csv",
                "report/results.parquet"));
    for (String candidate : List.of("epoch-0", "last")) {
      expected.add("retrain/" + candidate + "/candidate.json");
      for (String file :
          List.of(
              "checkpoint/epoch-000.ckpt",
              "checkpoint/epoch-001.ckpt",
              "metrics.jsonl",
              "result.json")) {
        expected.add("retrain/" + candidate + "/seed-0/" + file);
      }
    }
    expected.add("retrain/settings.json");
    for (String file :
        List.of(
            "alpha/epoch-000.json",
            "alpha/epoch-001.json",
            "alpha/epoch-002.json",
            "checkpoint/epoch-001.ckpt",
            "checkpoint/epoch-002.ckpt",
            "epochs.jsonl",
            "result.json")) {
      expected.add("search/" + file);
    }

    assertThat(whole.names()).containsExactlyElementsOf(expected);
  }

  @Test
  void epochsShowTheSchedule() throws IOException {
    List<JsonNode> epochs = whole.timelessLines("search/epochs.jsonl");

    assertThat(epochs).extracting(e -> e.get("epoch").asInt()).containsExactly(0, 1, 2);
    assertThat(epochs)
        .extracting(e -> e.get("temperature").asDouble())
        .containsExactly(5.0, 3.0, 1.0);
    for (int epoch = 0; epoch < TinyRun.EPOCHS; epoch++) {
      JsonNode alpha = whole.json("search/alpha/epoch-00" + epoch + ".json");
      assertThat(alpha.get("temperature")).isEqualTo(epochs.get(epoch).get("temperature"));
      assertThat(alpha.get("operations")).hasSize(8);
      assertThat(alpha.get("normal")).hasSize(5);
      for (JsonNode row : alpha.get("reduction")) {
        double sum = 0;
        for (JsonNode p : row) {
          sum += p.asDouble();
        }
        assertThat(sum).isBetween(1 - 1e-5, 1 + 1e-5);
      }
    }
  }

  @Test
  void reportSaysWhatHappened() throws IOException {
    JsonNode report = whole.json("report/report.json");

    assertThat(report.get("formatVersion").asInt()).isEqualTo(1);
    assertThat(report.at("/run/name").asText()).isEqualTo("tiny");
    assertThat(report.at("/run/command").asText()).isEqualTo("fletch run " + conf);
    assertThat(report.at("/search/method").asText()).isEqualTo("td-darts");
    assertThat(report.at("/search/order").asInt()).isEqualTo(1);
    assertThat(report.at("/search/stopReason").asText()).isEqualTo("completed");
    assertThat(report.at("/search/seconds").asDouble()).isPositive();
    JsonNode epochs = report.at("/search/epochs");
    assertThat(epochs).hasSize(TinyRun.EPOCHS);
    double best = 0;
    for (int e = 0; e < TinyRun.EPOCHS; e++) {
      JsonNode epoch = epochs.get(e);
      assertThat(epoch.get("epoch").asInt()).isEqualTo(e);
      assertThat(epoch.get("trainAccuracy").asDouble()).isBetween(0.0, 1.0);
      assertThat(epoch.get("validationAccuracy").asDouble()).isBetween(0.0, 1.0);
      // Ten classes, hardly trained: near ln 10, and certainly no sum over examples.
      assertThat(epoch.get("trainLoss").asDouble()).isBetween(1.5, 4.0);
      assertThat(epoch.get("validationLoss").asDouble()).isBetween(1.5, 4.0);
      assertThat(epoch.get("alphaEntropy").asDouble()).isBetween(2.0, Math.log(8));
      assertThat(CellGenotype.parse(epoch.at("/genotype/normal").asText()).nodes()).hasSize(2);
      assertThat(epoch.get("skipConnections").get("reduction").isInt()).isTrue();
      best = Math.max(best, epoch.get("validationAccuracy").asDouble());
    }
    assertThat(
            epochs.get(report.at("/search/bestEpoch").asInt()).get("validationAccuracy").asDouble())
        .isEqualTo(best);
    assertThat(report.get("environment").get("spark").asText()).startsWith("3.5");
  }

  @Test
  void candidatesAreThoseThatWereAskedFor() throws IOException {
    JsonNode report = whole.json("report/report.json");
    JsonNode candidates = report.get("candidates");

    assertThat(candidates).extracting(c -> c.get("id").asText()).containsExactly("epoch-0", "last");
    assertThat(candidates).extracting(c -> c.at("/origin/epoch").asInt()).containsExactly(0, 2);
    for (JsonNode candidate : candidates) {
      int epoch = candidate.at("/origin/epoch").asInt();
      assertThat(candidate.get("genotype"))
          .isEqualTo(report.at("/search/epochs").get(epoch).get("genotype"));
      assertThat(candidate.get("parameters").asLong()).isGreaterThan(1000);
      JsonNode seed = candidate.get("seeds").get(0);
      assertThat(seed.get("status").asText()).isEqualTo("done");
      assertThat(seed.get("failure").isNull()).isTrue();
      assertThat(seed.get("seconds").asDouble()).isPositive();
      double accuracy = seed.get("testAccuracy").asDouble();
      // A fraction of the 32 test images that were asked for.
      assertThat(accuracy * 32).isEqualTo(Math.rint(accuracy * 32)).isBetween(0.0, 32.0);
      assertThat(candidate.get("testAccuracyMean").asDouble()).isEqualTo(accuracy);
      assertThat(candidate.get("multiplyAdds").asLong())
          .isGreaterThan(candidate.get("parameters").asLong());
      assertThat(candidate.get("testExamples").asInt()).isEqualTo(32);
      assertThat(seed.get("confusionMatrix")).hasSize(10);
      assertThat(seed.get("macroF1").asDouble()).isBetween(0.0, 1.0);
      JsonNode result =
          whole.json("retrain/" + candidate.get("id").asText() + "/seed-0/result.json");
      assertThat(result.get("testAccuracy")).isEqualTo(seed.get("testAccuracy"));
      assertThat(result.get("epochs").asInt()).isEqualTo(2);
    }
    assertThat(report.at("/retrain/protocol").asText()).isEqualTo("held-out");
    assertThat(candidates.findValuesAsText("text"))
        .as("the leader has no comparison with itself")
        .singleElement()
        .asString()
        .endsWith("points; one seed: no test");
    assertThat(whole.text("report/leaderboard.csv").lines()).hasSize(3);
    assertThat(whole.text("report/index.html")).contains("<svg").contains("epoch-0");
  }

  @Test
  void manifestNamesWhatTheRunWasMadeFrom() throws IOException {
    JsonNode manifest = whole.json("manifest.json");

    assertThat(manifest.get("command").asText()).isEqualTo("fletch run " + conf);
    assertThat(manifest.get("seeds")).extracting(JsonNode::asLong).containsExactly(0L, 0L);
    assertThat(manifest.at("/dataChecksums/examples").asText()).matches("[0-9a-f]{64}");
    assertThat(manifest.at("/environment/master").asText()).isEqualTo("local[2]");
  }

  @Test
  void phasesOneByOneGiveTheSameRun() throws IOException {
    RunFiles phased = new RunFiles(folder.resolve("phased"));

    TinyRun.Outcome search = TinyRun.fletch("search", conf, "--set", "output=" + phased.root());
    assertThat(search.exitCode()).as(search.err()).isZero();
    assertThat(phased.names()).noneMatch(name -> name.matches("(retrain|report|_SUCCESS).*"));
    TinyRun.Outcome retrain = TinyRun.fletch("retrain", phased.root());
    assertThat(retrain.exitCode()).as(retrain.err()).isZero();
    assertThat(phased.has("_SUCCESS")).isFalse();
    TinyRun.Outcome report = TinyRun.fletch("report", phased.root());
    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(report.errorLines())
        .as("a report starts no Spark")
        .containsExactly("run folder: " + phased.root());

    phased.assertSameResultsAs(whole);
  }

  @Test
  void aFinishedRunIsNotTrainedAgain() throws IOException {
    String epochs = whole.text("search/epochs.jsonl");
    String result = whole.text("retrain/last/seed-0/result.json");

    TinyRun.Outcome again = TinyRun.fletch("run", conf, "--resume");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("search was complete: nothing left to train")
        .contains("retrain last, seed 0: already done");
    assertThat(whole.text("search/epochs.jsonl")).isEqualTo(epochs);
    assertThat(whole.text("retrain/last/seed-0/result.json")).isEqualTo(result);
    assertThat(whole.has("_SUCCESS")).isTrue();
  }
}
