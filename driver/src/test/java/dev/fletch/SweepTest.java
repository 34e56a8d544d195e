package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on a real Spark: trials side by side, their leaderboard, failures, and going on. */
class SweepTest {
  private static final String SHORT =
      """
      data { train-limit = 24, test-limit = 16 }
      search { epochs = 1, batch = 3, replicas = 2 }
      retrain { candidates = [last], epochs = 1 }
      """;
  private static final List<String> TRIALS =
      List.of(
          "alpha.optimizer=sgd,weights.optimizer=sgd",
          "alpha.optimizer=sgd,weights.optimizer=adam",
          "alpha.optimizer=adam,weights.optimizer=sgd",
          "alpha.optimizer=adam,weights.optimizer=adam");

  @TempDir static Path folder;

  private static Path conf;
  private static RunFiles sweep;
  private static TinyRun.Outcome outcome;

  @BeforeAll
  static void sweepTwoByTwo() throws IOException {
    sweep = new RunFiles(folder.resolve("sweep"));
    conf =
        TinyRun.conf(
            folder,
            sweep.root(),
            SHORT
                + """
                  sweep {
                    parallel = 2
                    vary {
                      search.weights.optimizer = [sgd, adam]
                      search.alpha.optimizer = [sgd, adam]
                    }
                  }
                  """);
    outcome = TinyRun.fletch("sweep", conf);
  }

  @Test
  void everyTrialIsARunAndIsNamedInProgress() throws IOException {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    for (String trial : TRIALS) {
      String name = "trials/" + trial + "/";
      assertThat(sweep.names())
          .contains(
              name + "config.conf",
              name + "manifest.json",
              name + "search/epochs.jsonl",
              name + "retrain/last/seed-0/result.json",
              name + "report/report.json",
              name + "_SUCCESS");
      assertThat(outcome.errorLines())
          .contains(trial + ": trial starts", trial + ": search starts at epoch 0 of 1");
    }
    assertThat(sweep.names())
        .contains(
            "_SUCCESS",
            "config.conf",
            "report/index.html",
            "report/leaderboard.csv",
            "report/sweep.json");
    assertThat(outcome.errorLines().stream().filter(l -> l.startsWith("Spark 3.5"))).hasSize(1);
    assertThat(outcome.err()).doesNotContain("\tat ").doesNotContain("Warning");
  }

  @Test
  void aTrialBesideOthersHasTheBitsOfTheRunAlone() throws IOException {
    RunFiles alone = new RunFiles(folder.resolve("alone"));
    TinyRun.Outcome run =
        TinyRun.fletch(
            "run",
            conf,
            "--set",
            "search.weights.optimizer=adam",
            "--set",
            "search.alpha.optimizer=sgd",
            "--set",
            "output=" + alone.root());
    assertThat(run.exitCode()).as(run.err()).isZero();

    RunFiles trial = new RunFiles(sweep.root().resolve("trials").resolve(TRIALS.get(1)));
    trial.assertSameResultsAs(alone);
    assertThat(sweep.text("trials/" + TRIALS.get(0) + "/search/alpha/epoch-000.json"))
        .as("trials differ")
        .isNotEqualTo(alone.text("search/alpha/epoch-000.json"));
  }

  @Test
  void oneLeaderboardHasAllTrials() throws IOException {
    JsonNode report = sweep.json("report/sweep.json");
    JsonNode trials = report.get("trials");

    assertThat(report.get("formatVersion").asInt()).isEqualTo(1);
    assertThat(trials)
        .extracting(t -> t.get("name").asText())
        .containsExactlyInAnyOrderElementsOf(TRIALS);
    double last = 1;
    for (JsonNode trial : trials) {
      JsonNode own = sweep.json("trials/" + trial.get("name").asText() + "/report/report.json");
      assertThat(trial.get("status").asText()).isEqualTo("done");
      assertThat(trial.get("bestCandidate").asText()).isEqualTo("last");
      assertThat(trial.get("testAccuracyMean")).isEqualTo(own.at("/candidates/0/testAccuracyMean"));
      assertThat(trial.get("parameters")).isEqualTo(own.at("/candidates/0/parameters"));
      assertThat(trial.get("searchSeconds")).isEqualTo(own.at("/search/seconds"));
      assertThat(trial.get("skipConnections"))
          .isEqualTo(own.at("/search/epochs/0/skipConnections"));
      assertThat(trial.get("validationAccuracy"))
          .isEqualTo(own.at("/search/epochs/0/validationAccuracy"));
      assertThat(trial.get("testAccuracyMean").asDouble()).isLessThanOrEqualTo(last);
      last = trial.get("testAccuracyMean").asDouble();
    }
    assertThat(sweep.text("report/leaderboard.csv").lines()).hasSize(5);
    assertThat(sweep.text("report/index.html"))
        .contains("../trials/" + TRIALS.get(2) + "/report/index.html");
  }

  @Test
  void onlyTheTrialThatIsNotCompleteIsGoneOnWith() throws IOException {
    String again = TRIALS.get(2);
    String before = sweep.text("trials/" + again + "/search/epochs.jsonl");
    Files.delete(sweep.root().resolve("trials").resolve(again).resolve("_SUCCESS"));

    TinyRun.Outcome refused = TinyRun.fletch("sweep", conf);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("already holds a finished run").contains("--resume");
    TinyRun.Outcome other = TinyRun.fletch("sweep", conf, "--resume", "--set", "search.batch=4");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("search.batch was 3, now 4").hasLineCount(1);
    assertThat(TinyRun.fletch("run", conf, "--resume").err()).contains("holds a sweep");

    TinyRun.Outcome resumed =
        TinyRun.fletch("sweep", conf, "--resume", "--set", "sweep.parallel=1");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    for (String trial : TRIALS) {
      if (trial.equals(again)) {
        assertThat(resumed.err())
            .contains(trial + ": trial starts")
            .contains(trial + ": search was complete: nothing left to train");
      } else {
        assertThat(resumed.errorLines())
            .contains(trial + ": already done")
            .doesNotContain(trial + ": trial starts");
      }
    }
    assertThat(sweep.has("trials/" + again + "/_SUCCESS")).isTrue();
    assertThat(sweep.has("_SUCCESS")).isTrue();
    assertThat(sweep.text("trials/" + again + "/search/epochs.jsonl")).isEqualTo(before);
    assertThat(sweep.json("report/sweep.json").get("trials")).hasSize(4);
  }

  @Test
  void aTrialThatFailsLeavesTheOthersAlone() throws IOException {
    RunFiles failing = new RunFiles(folder.resolve("failing"));
    Path own = Files.createDirectory(folder.resolve("failing-conf"));
    Path with =
        TinyRun.conf(
            own,
            failing.root(),
            SHORT
                + """
                  sweep { parallel = 2, vary.search.weights.learning-rate = [1e30, 0.025]
                          vary.data.path = ["bundled:fashion-mnist", "/nowhere"] }
                  """);

    TinyRun.Outcome failed = TinyRun.fletch("sweep", with);

    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
    assertThat(failed.errorLines())
        .last()
        .isEqualTo("fletch: some trials failed; see the report in " + failing.root());
    JsonNode trials = failing.json("report/sweep.json").get("trials");
    assertThat(trials)
        .extracting(t -> t.get("status").asText())
        .containsExactly("done", "failed", "failed", "failed");
    assertThat(trials.get(0).get("name").asText())
        .isEqualTo("path=bundled-fashion-mnist,learning-rate=0.025");
    assertThat(trials.get(1).get("failure").asText()).startsWith("Training diverged at epoch 0");
    assertThat(trials.get(2).get("failure").asText()).contains("/nowhere");
    assertThat(failing.text("report/index.html")).contains("Training diverged at epoch 0");
    assertThat(failing.has("_SUCCESS")).isFalse();
    assertThat(failed.err()).doesNotContain("\tat ");

    TinyRun.Outcome valid =
        TinyRun.fletch("validate", with, "--set", "output=" + folder.resolve("valid"));
    assertThat(valid.exitCode()).isEqualTo(2);
    assertThat(valid.out())
        .containsPattern(
            "(?m)^warning   trial path=bundled-fashion-mnist,learning-rate=1e30: too few training"
                + " examples to be in both halves .*: class Shirt \\(1\\), Bag \\(1\\)$");
    assertThat(valid.errorLines())
        .hasSize(2)
        .allMatch(l -> l.startsWith("fletch: trial path=-nowhere,learning-rate="));
  }

  @Test
  void aDryRunPrintsEveryTrialAndStartsNothing() throws IOException {
    TinyRun.Outcome dry =
        TinyRun.fletch("sweep", conf, "--dry-run", "--set", "output=" + folder.resolve("dry"));

    assertThat(dry.exitCode()).as(dry.err()).isZero();
    List<String> lines = dry.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("sweep     4 trials, 2 at a time");
    assertThat(lines.get(2))
        .startsWith("trial     " + TRIALS.get(1) + " (search.alpha.optimizer = sgd, ")
        .contains("search 2 steps of 6 examples, ")
        .endsWith(
            "retrain at most 1 x 2 steps of 16 examples, of structures that are not known before");
    assertThat(lines.get(5))
        .isEqualTo(
            "total     search 8 steps (48 examples); retrain at most 4 trainings, 8 steps (96"
                + " examples)");
    assertThat(folder.resolve("dry")).doesNotExist();
    TinyRun.Outcome valid =
        TinyRun.fletch("validate", conf, "--set", "output=" + folder.resolve("dry"));
    assertThat(valid.exitCode()).as(valid.err()).isZero();
    assertThat(valid.out()).endsWith("sweep     4 trials, 2 at a time\n");
  }

  @Test
  void withoutASectionThereIsNothingToSweep() throws IOException {
    Path own = Files.createDirectory(folder.resolve("plain-conf"));
    Path plain = TinyRun.conf(own, folder.resolve("plain"), "");

    TinyRun.Outcome refused = TinyRun.fletch("sweep", plain);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "fletch: "
                + plain
                + " has no section sweep { }: add one that says what to vary, or use run\n");
  }
}
