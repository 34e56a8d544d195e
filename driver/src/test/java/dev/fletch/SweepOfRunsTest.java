package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps whose trials wait for each other: for what one finds, or for slots. */
class SweepOfRunsTest {
  private static final String SHORT =
      """
      data { train-limit = 24, test-limit = 16 }
      search { epochs = 1, batch = 3, replicas = 2 }
      retrain { candidates = [last], epochs = 1 }
      """;

  @TempDir Path folder;

  private Path conf(RunFiles sweep, String first) throws IOException {
    return TinyRun.conf(
        folder,
        sweep.root(),
        SHORT
            + """
sweep {
  mode = list
  parallel = 2
  vary.run = [
    { label = found, fletch { %s } }
    { label = moved, fletch.retrain.candidates = ["from:"${fletch.output}"/trials/run=found/best"] }
  ]
}
"""
                .formatted(first));
  }

  @Test
  void aTrialWaitsForTheOneWhoseCandidateItTrains() throws IOException {
    RunFiles sweep = new RunFiles(folder.resolve("sweep"));
    TinyRun.Outcome outcome = TinyRun.fletch("sweep", conf(sweep, "name = other"));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.errorLines())
        .extracting(line -> line.replaceAll("(trial done).*", "$1"))
        .containsSubsequence("run=moved: waits for run=found", "run=moved: trial starts")
        .containsSubsequence(
            "run=found: trial starts", "run=found: trial done", "run=moved: trial starts");
    for (JsonNode trial : sweep.json("report/sweep.json").get("trials")) {
      boolean searched = trial.get("name").asText().equals("run=found");
      assertThat(trial.get("method").asText("none")).isEqualTo(searched ? "td-darts" : "none");
      assertThat(trial.get("searchSeconds").isNull())
          .as(trial.get("name").asText())
          .isEqualTo(!searched);
    }
    String found = "trials/run=found/retrain/last/candidate.json";
    String moved = "trials/run=moved/retrain/from-run-found-best/candidate.json";
    assertThat(sweep.json(moved).get("genotype")).isEqualTo(sweep.json(found).get("genotype"));
  }

  @Test
  void aDryRunCountsNoSearchWhereAllIsGiven() throws IOException {
    RunFiles sweep = new RunFiles(folder.resolve("sweep"));
    TinyRun.Outcome dry =
        TinyRun.fletch(
            "sweep",
            conf(sweep, "retrain { replicas = 2, validation-portion = 0.5 }"),
            "--dry-run");

    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out().lines().map(line -> line.replaceAll("examples, .* MiB", "examples, MiB")))
        .containsExactly(
            "sweep     2 trials, 2 at a time",
            "trial     run=found (run = found, seed = 0): search 2 steps of 6 examples, MiB of"
                + " native memory per replica (2); retrain at most 1 x 1 step of 32 examples, of"
                + " structures that are not known before",
            "trial     run=moved (run = moved, seed = 0): search none: all candidates are given;"
                + " retrain at most 1 x 2 steps of 16 examples, of structures that are not known"
                + " before",
            "total     search 2 steps (12 examples); retrain at most 2 trainings, 3 steps (36"
                + " examples)");
  }

  @Test
  void whatWasToBeTrainedFailsWithTheTrialThatWasToFindIt() throws IOException {
    RunFiles sweep = new RunFiles(folder.resolve("sweep"));
    TinyRun.Outcome outcome =
        TinyRun.fletch("sweep", conf(sweep, "data.path = \"" + folder + "/nowhere\""));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(sweep.json("report/sweep.json").get("trials"))
        .anySatisfy(
            trial ->
                assertThat(trial.toString())
                    .contains("run=moved")
                    .contains("trial run=found, whose candidates it was to train, has failed"));
  }

  @Test
  void trialsThatWaitForEachOthersSlotsAreWarnedOf() throws IOException {
    String warning =
        "sweep.parallel = 2 with search.exchange = executors: an epoch takes all its slots at a"
            + " time, and waits while other trials hold them; set sweep.parallel = 1, or"
            + " search.exchange = driver";
    Path conf =
        TinyRun.conf(folder, "unused", "sweep { parallel = 2, seeds = [0, 1] }, search.epochs = 1");

    assertThat(TinyRun.fletch("validate", conf, "--set", "search.exchange=executors").out())
        .containsOnlyOnce("warning   " + warning + "\n");
    assertThat(TinyRun.fletch("validate", conf).out()).doesNotContain("sweep.parallel = 2 with");
    assertThat(
            TinyRun.fletch(
                    "validate",
                    conf,
                    "--set",
                    "search.exchange=executors",
                    "--set",
                    "sweep.parallel=1")
                .out())
        .doesNotContain("sweep.parallel = ");
  }
}
