package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.cluster.KeptReplicas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates from several places, trained side by side by the real program. */
class FanOutTest {
  @TempDir Path folder;

  @Test
  void aKilledFanOutGoesOnWithoutRepeatingWhatIsDone() throws IOException, InterruptedException {
    RunFiles run = new RunFiles(folder.resolve("run"));
    Path conf =
        TinyRun.conf(
            folder,
            run.root(),
            "search.epochs = 1, retrain { candidates = [last, epoch-0, random-0, random-1],"
                + " seeds = [0, 1], parallel = 2, epochs = 3 }");
    try (ChildRun child = ChildRun.start(folder, "run", conf)) {
      child.await("two results", () -> results(run).size() >= 2);
      child.kill();
    }
    Map<String, FileTime> before = times(run);
    assertThat(before.size()).as("results when it was killed").isBetween(2, 5);
    assertThat(run.has("_SUCCESS")).isFalse();

    TinyRun.Outcome resumed = TinyRun.fletch("run", conf, "--resume");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(times(run)).hasSize(6).containsAllEntriesOf(before);
    for (String done : before.keySet()) {
      String[] parts = done.split("/");
      assertThat(resumed.err())
          .contains(
              "retrain %s, seed %s: already done"
                  .formatted(parts[1], parts[2].substring("seed-".length())));
    }
    int left = 6 - before.size();
    assertThat(resumed.err()).contains("(" + left + " of " + left + " trainings)");
    assertReported(run.json("report/report.json").get("candidates"));
  }

  /** The genotype of the one epoch is one candidate with both its origins. */
  private static void assertReported(JsonNode candidates) {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    candidates.forEach(candidate -> byId.put(candidate.get("id").asText(), candidate));
    assertThat(byId).containsOnlyKeys("last", "random-0", "random-1");
    assertThat(byId.get("last").get("origin").get("epoch").asInt()).isZero();
    assertThat(byId.get("last").get("origins")).hasSize(2);
    assertThat(byId.get("last").get("origins").get(1).get("label").asText()).isEqualTo("epoch-0");
    assertThat(byId.get("random-1").get("origin").get("epoch").isNull()).isTrue();
    byId.values().forEach(candidate -> assertThat(candidate.get("seeds")).hasSize(2));
  }

  @Test
  @Tag("slow")
  void aTrainingOfSeveralReplicasGivesTheSameBitsWhateverRunsBesideIt() throws IOException {
    String more = "retrain { candidates = [random-0], seeds = [0, 1], replicas = 2, batch = 8 }";
    RunFiles two = new RunFiles(folder.resolve("two"));
    RunFiles one = new RunFiles(folder.resolve("one"));
    Path conf = TinyRun.conf(folder, two.root(), more);
    assertThat(TinyRun.fletch("run", conf).exitCode()).isZero();
    assertThat(
            TinyRun.fletch(
                    "run", conf, "--set", "output=" + one.root(), "--set", "retrain.parallel=1")
                .exitCode())
        .isZero();

    assertSameTraining(two, one);
    RunFiles among = new RunFiles(folder.resolve("among"));
    long kept = KeptReplicas.here();
    assertThat(
            TinyRun.fletch(
                    "run",
                    conf,
                    "--set",
                    "output=" + among.root(),
                    "--set",
                    "retrain.exchange=executors")
                .exitCode())
        .isZero();

    assertSameTraining(among, one);
    assertThat(KeptReplicas.here()).as("replicas of trainings that have ended").isEqualTo(kept);
    TinyRun.Outcome again =
        TinyRun.fletch("run", conf, "--set", "output=" + among.root(), "--resume");
    assertThat(again.err())
        .as("who averages makes no other experiment")
        .contains("retrain random-0, seed 0: already done", "seed 1: already done");
  }

  private static void assertSameTraining(RunFiles actual, RunFiles expected) throws IOException {
    String training = "retrain/random-0/seed-1/";
    assertThat(actual.json(training + "result.json").get("testLoss"))
        .isEqualTo(expected.json(training + "result.json").get("testLoss"));
    assertThat(actual.timelessLines(training + "metrics.jsonl"))
        .isEqualTo(expected.timelessLines(training + "metrics.jsonl"))
        .hasSize(2);
    assertThat(actual.newest(training + "checkpoint").vectors())
        .usingRecursiveComparison()
        .isEqualTo(expected.newest(training + "checkpoint").vectors());
  }

  @Test
  void aTrainingThatTakesTooLongIsGivenUpAndGoesOnWithMoreTime() throws IOException {
    RunFiles run = new RunFiles(folder.resolve("slow"));
    Path conf =
        TinyRun.conf(
            folder, run.root(), "retrain { candidates = [random-0], time-limit-minutes = 1e-5 }");

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf);

    assertThat(outcome.exitCode()).isEqualTo(1);
    JsonNode failed = run.json("report/report.json").get("candidates").get(0).get("seeds").get(0);
    assertThat(failed.get("status").asText()).isEqualTo("failed");
    assertThat(failed.get("failure").asText())
        .startsWith("took longer than retrain.time-limit-minutes (1.0E-5) and was given up after")
        .endsWith("--resume goes on from there");
    assertThat(run.text("report/index.html")).contains("retrain.time-limit-minutes");

    TinyRun.Outcome resumed =
        TinyRun.fletch("run", conf, "--resume", "--set", "retrain.time-limit-minutes=5");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(run.json("retrain/random-0/seed-0/result.json").get("status").asText())
        .isEqualTo("done");
  }

  /** The limit is looked at where the steps are taken. */
  @Test
  void soIsOneWhoseExecutorsAverageAmongThemselves() throws IOException {
    RunFiles run = new RunFiles(folder.resolve("slow"));
    Path conf =
        TinyRun.conf(
            folder,
            run.root(),
            "retrain { candidates = [random-0], replicas = 2, batch = 8, exchange = executors,"
                + " time-limit-minutes = 1e-5 }");

    assertThat(TinyRun.fletch("run", conf).exitCode()).isEqualTo(1);

    JsonNode failed = run.json("report/report.json").get("candidates").get(0).get("seeds").get(0);
    assertThat(failed.get("failure").asText())
        .isEqualTo(
            "took longer than retrain.time-limit-minutes (1.0E-5) and was given up after 0 whole"
                + " epochs: raise the limit, and --resume goes on from there");
  }

  @Test
  void genotypesThatAreGivenNeedNoSearch() throws IOException {
    RunFiles run = new RunFiles(folder.resolve("given"));
    Path conf =
        TinyRun.conf(
            folder, run.root(), "retrain { candidates = [DARTS_V1, random-3], epochs = 1 }");
    assertThat(TinyRun.fletch("run", conf, "--dry-run").out())
        .contains("search    none: all candidates are given")
        .doesNotContain("as the search decides");

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(run.has("search/epochs.jsonl")).isFalse();
    JsonNode report = run.json("report/report.json");
    assertThat(report.get("search").get("stopReason").asText()).isEqualTo("not searched");
    assertThat(report.get("search").get("epochs")).isEmpty();
    assertThat(report.get("candidates")).hasSize(2);
    assertThat(run.text("report/index.html"))
        .contains("Nothing was searched, since all genotypes were given");
    assertThat(TinyRun.fletch("export", run.root(), "--candidate", "DARTS_V1").exitCode()).isZero();
  }

  @Test
  void whoTrailsAtARungIsStoppedAndTheRestGoesOn() throws IOException {
    RunFiles run = new RunFiles(folder.resolve("halved"));
    Path conf =
        TinyRun.conf(
            folder,
            run.root(),
            "retrain { candidates = [random-0, random-1, random-2, DARTS_V2],"
                + " epochs = 3, halving { rungs = [1], keep = 0.25 } }");

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf);

    assertThat(outcome.exitCode()).as("to be stopped is no failure: " + outcome.err()).isZero();
    int stopped = 0;
    for (JsonNode candidate : run.json("report/report.json").get("candidates")) {
      JsonNode seed = candidate.get("seeds").get(0);
      String metrics = "retrain/" + candidate.get("id").asText() + "/seed-0/metrics.jsonl";
      if (seed.get("status").asText().equals("stopped")) {
        stopped++;
        assertThat(seed.get("failure").asText()).startsWith("trailed after 1 epoch: accuracy 0.");
        assertThat(run.timelessLines(metrics)).hasSize(1);
      } else {
        assertThat(seed.get("testAccuracy").isNull()).isFalse();
        assertThat(run.timelessLines(metrics)).hasSize(3);
      }
    }
    assertThat(stopped).isBetween(1, 3);
    assertThat(TinyRun.fletch("run", conf, "--resume").err()).contains("seed 0: already done");
  }

  @Test
  void aTrainingThatDivergesIsReportedWithItsReason() throws IOException {
    RunFiles run = new RunFiles(folder.resolve("diverged"));
    Path conf =
        TinyRun.conf(
            folder,
            run.root(),
            "retrain { candidates = [random-0, random-1],"
                + " gradient-clip = 0, weights.learning-rate = 1e30 }");

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("retrain random-0, seed 0 failed: Training diverged at epoch 0");
    JsonNode candidates = run.json("report/report.json").get("candidates");
    assertThat(candidates).hasSize(2);
    for (JsonNode candidate : candidates) {
      assertThat(candidate.get("seeds").get(0).get("failure").asText())
          .startsWith("Training diverged at epoch 0");
      assertThat(candidate.get("testAccuracyMean").isNull()).isTrue();
    }
    assertThat(run.has("_SUCCESS")).isTrue();
  }

  private static List<String> results(RunFiles run) {
    return Stream.of("last", "random-0", "random-1")
        .flatMap(id -> Stream.of("retrain/" + id + "/seed-0/", "retrain/" + id + "/seed-1/"))
        .map(job -> job + "result.json")
        .filter(run::has)
        .toList();
  }

  private static Map<String, FileTime> times(RunFiles run) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    for (String name : results(run)) {
      times.put(name, Files.getLastModifiedTime(run.root().resolve(name)));
    }
    return times;
  }
}
