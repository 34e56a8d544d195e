package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.architecture.CellPair;
import dev.fletch.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models out of a run folder, evaluated on a real Spark. */
class ExportTest {
  @TempDir static Path folder;

  private static RunFiles run;

  @BeforeAll
  static void runEverything() throws IOException {
    run = new RunFiles(folder.resolve("run"));
    Path conf = TinyRun.conf(folder, run.root(), "retrain.seeds = [3, 4], search.epochs = 1");
    TinyRun.Outcome outcome = TinyRun.fletch("run", conf, "--set", "retrain.candidates=[last]");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static double testFigure(long seed) throws IOException {
    return run.json("retrain/last/seed-" + seed + "/result.json").get("testAccuracy").asDouble();
  }

  @Test
  void theBestSeedIsExportedAndSparkFindsItsAccuracy() throws IOException {
    TinyRun.Outcome outcome = TinyRun.fletch("export", run.root(), "--evaluate");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    double best = Math.max(testFigure(3), testFigure(4));
    JsonNode model = run.json("model/model.json");
    assertThat(model.get("formatVersion").asInt()).isEqualTo(1);
    assertThat(model.get("candidate").asText()).isEqualTo("last");
    assertThat(testFigure(model.get("seed").asLong())).isEqualTo(best);
    assertThat(model.get("testAccuracy").asDouble()).isEqualTo(best);
    assertThat(model.get("evaluation").get("accuracy").asDouble()).isEqualTo(best);
    assertThat(model.get("evaluation").get("examples").asInt()).isEqualTo(32);
    assertThat(outcome.out())
        .contains(run.root() + "/model/model.zip")
        .contains("evaluated by DL4J on Spark: test accuracy " + best);
  }

  @Test
  void aNamedSeedIsExportedWithAllThatItsUsersNeed() throws IOException {
    TinyRun.Outcome outcome =
        TinyRun.fletch("export", run.root(), "--candidate", "last", "--seed", "4");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode model = run.json("model/model.json");
    assertThat(model.get("seed").asLong()).isEqualTo(4);
    assertThat(model.get("testAccuracy").asDouble()).isEqualTo(testFigure(4));
    assertThat(model.get("inputShape").toString()).isEqualTo("[1,28,28]");
    assertThat(model.get("preprocessing").get("valueRange").toString()).isEqualTo("[0,1]");
    assertThat(model.get("preprocessing").get("mean").get(0).asDouble()).isBetween(0.2, 0.4);
    assertThat(model.get("preprocessing").get("std").get(0).asDouble()).isBetween(0.3, 0.4);
    assertThat(model.get("preprocessing").get("colourOrder").asText()).isEqualTo("grey");
    assertThat(model.get("preprocessing").get("layout").asText()).isEqualTo("NCHW");
    assertThat(model.get("preprocessing").get("resize").isNull()).isTrue();
    assertThat(model.get("preprocessing").get("crop").toString())
        .isEqualTo("{\"height\":28,\"width\":28,\"from\":\"middle\"}");
    assertThat(model.get("output").asText()).isEqualTo("softmax");
    assertThat(model.get("labels")).hasSize(10);
    assertThat(model.get("labels").get(9).asText()).isEqualTo("Ankle boot");
    assertThat(model.get("customLayers")).isEmpty();
    assertThat(model.get("check").get("largestDifference").asDouble()).isBetween(0.0, 1e-4);
    assertThat(model.has("evaluation")).isFalse();
    CellPair genotype = CellPair.parse(model.get("genotype").asText());
    assertThat(model.get("operations"))
        .allSatisfy(expression -> assertThat(expression.asText()).isNotBlank());
    assertThat(fieldNames(model.get("operations")))
        .contains(genotype.normal().nodes().get(0).get(0).operation().text());
    assertThat(model.get("parameters").asLong())
        .isEqualTo(run.json("retrain/last/seed-4/result.json").get("parameters").asLong());
    ComputationGraph graph =
        ComputationGraph.load(run.root().resolve("model/model.zip").toFile(), false);
    assertThat(graph.getNumOutputArrays()).isEqualTo(1);
    graph.close();
  }

  private static List<String> fieldNames(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void anUnknownCandidateOrSeedIsRefusedWithThoseThereAre() {
    TinyRun.Outcome candidate = TinyRun.fletch("export", run.root(), "--candidate", "first");
    assertThat(candidate.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(candidate.err()).contains("--candidate first: the retrained candidates are last");

    TinyRun.Outcome seed = TinyRun.fletch("export", run.root(), "--seed", "7");
    assertThat(seed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(seed.err()).contains("--seed 7: last was trained with the seeds 3, 4");
  }

  @Test
  void aRunWithoutRetrainingIsRefused() throws IOException {
    Path searched = folder.resolve("searched");
    Files.createDirectories(searched.resolve("search"));
    for (String file : List.of("config.conf", "search/epochs.jsonl")) {
      Files.copy(run.root().resolve(file), searched.resolve(file));
    }
    TinyRun.Outcome outcome = TinyRun.fletch("export", searched);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("no candidate is retrained; fletch retrain does that");
    assertThat(searched.resolve("model")).doesNotExist();
  }

  @Test
  void otherSettingsThanTheTrainingsAreRefused() {
    TinyRun.Outcome outcome =
        TinyRun.fletch("export", run.root(), "--set", "retrain.init-channels=4");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("retrain.init-channels was 2, now 4");
  }

  @Test
  void aDamagedLastCheckpointIsNotReplacedByTheOneBefore() throws IOException {
    Path copy = folder.resolve("damaged");
    for (String name : run.names()) {
      Files.createDirectories(copy.resolve(name).getParent());
      Files.copy(run.root().resolve(name), copy.resolve(name));
    }
    Files.writeString(copy.resolve("retrain/last/seed-3/checkpoint/epoch-001.ckpt"), "torn");
    TinyRun.Outcome outcome = TinyRun.fletch("export", copy, "--seed", "3");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("no whole checkpoint of epoch 1, the last");
  }
}
