package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.cli.progress.Progress;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import dev.fletch.runfolder.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How trials wait for each other, and how a sweep ends that is told to. */
class SweepRunTest {
  private static final String SWEEP =
      """
      fletch {
        name = small, data { format = idx, path = some/folder }
        sweep { mode = list, parallel = 2, vary.run = [
          { label = found, fletch.retrain { candidates = [DARTS_V2], seeds = [0, 1] } }
          { label = moved, fletch.retrain.candidates = ["from:"${fletch.output}"/trials/run=found/best"] }
        ] }
      }
      """;

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aTrialThatWaitsForAnInterruptedOneEndsWithIt(@TempDir Path folder) {
    AtomicBoolean interrupted = new AtomicBoolean();

    int exitCode = sweep(folder, interruptedIn(interrupted), interrupted::get, new ArrayList<>());

    assertThat(exitCode).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void oneFailedSeedOfASourceDoesNotKeepOthersFromTrainingWhatItFound(@TempDir Path folder) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    TrialPhases trials =
        new WrittenTrials(
            trial ->
                trial.name().equals("run=found") ? List.of("done", "failed") : List.of("done"));

    int exitCode = sweep(folder, trials, () -> false, lines);

    assertThat(exitCode).as("one training failed").isEqualTo(ExitCode.FAILED);

    assertThat(lines)
        .containsSubsequence(
            "run=moved: takes what run=found has, which partly failed (DARTS_V2, seed 1: no disk)",
            "run=moved: trial starts",
            "run=moved: trial done: test accuracy 50.00 % with DARTS_V2");
    assertThat(lines).filteredOn(line -> line.contains("takes what")).hasSize(1);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aSourceWithoutATrainedCandidateFailsThoseThatWaitForIt(@TempDir Path folder) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    TrialPhases trials = new WrittenTrials(trial -> List.of("failed", "failed"));

    int exitCode = sweep(folder, trials, () -> false, lines);

    assertThat(exitCode).isEqualTo(ExitCode.FAILED);

    assertThat(lines)
        .contains(
            "run=found: trial failed (DARTS_V2, seed 0: no disk)",
            "run=moved: failed: trial run=found, whose candidates it was to train, has failed: see"
                + " why, and go on with --resume")
        .doesNotContain("run=moved: trial starts");
  }

  /**
   * Carries the sweep out.
   *
   * @param said takes what it says
   * @return its exit code
   */
  private static int sweep(
      Path folder, TrialPhases trials, BooleanSupplier interrupted, List<String> said) {
    SweepConfig sweep =
        RunConfigLoader.loadSweep("run.conf", SWEEP, List.of("output=" + folder.resolve("sweep")))
            .orElseThrow();
    Configuration hadoop = new Configuration();
    try (SweepFolder opened = SweepFolder.open(sweep, Phases.Folder.NEW, hadoop, "command")) {
      return new SweepRun(
              sweep, Map.of(), opened, hadoop, trials, "command", new Said(said), interrupted)
          .run();
    }
  }

  private static TrialPhases interruptedIn(AtomicBoolean interrupted) {
    return new TrialPhases() {
      @Override
      public Phases open(
          TrialConfig trial, Phases.Folder folder, String command, Progress progress) {
        try {
          Thread.sleep(500); // until the other one waits
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        interrupted.set(true);
        throw new IllegalStateException("told to end");
      }

      @Override
      public boolean hasStopped() {
        return false;
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Trials that leave a trained candidate, without training it.
   *
   * @param statuses of its trainings, by their seeds
   */
  private record WrittenTrials(Function<TrialConfig, List<String>> statuses)
      implements TrialPhases {
    @Override
    public Phases open(TrialConfig trial, Phases.Folder folder, String command, Progress progress) {
      RunFolder run = RunFolder.create(trial.config().output(), new Configuration());
      run.writeText(RunFolder.CONFIG, trial.config().render());
      return new WrittenPhases(run, statuses.apply(trial));
    }

    @Override
    public boolean hasStopped() {
      return false;
    }

    @Override
    public void close() {}
  }

  private record WrittenPhases(RunFolder run, List<String> statuses) implements Phases {
    @Override
    public void search() {}

    @Override
    public boolean candidatesNeedSearch() {
      return false;
    }

    @Override
    public Retrained retrain() {
      run.writeText(
          "retrain/DARTS_V2/candidate.json",
          "{\"formatVersion\":1,\"id\":\"DARTS_V2\",\"origins\":[{\"label\":\"DARTS_V2\"}],\"genotype\":%s}"
              .formatted(PublishedGenotypes.find("DARTS_V2").json()));
      for (int seed = 0; seed < statuses.size(); seed++) {
        boolean done = statuses.get(seed).equals("done");
        run.writeText(
            "retrain/DARTS_V2/seed-" + seed + "/result.json",
            """
            {"formatVersion": 1, "candidate": "DARTS_V2", "seed": %d, "status": "%s", "settings": "d",
             "failure": %s, "testAccuracy": %s, "testLoss": 1, "parameters": 7, "seconds": 2, "epochs": 1}
            """
                .formatted(
                    seed, statuses.get(seed), done ? null : "\"no disk\"", done ? 0.5 : null));
      }
      return new Retrained(statuses.size(), Collections.frequency(statuses, "failed"));
    }

    @Override
    public void report() {
      run.markComplete();
    }

    @Override
    public boolean hasReport() {
      return run.isComplete();
    }

    @Override
    public void close() {}
  }

  private record Said(List<String> lines) implements Progress {
    @Override
    public void update(String phase, String unit, long done, long total, String detail) {}

    @Override
    public void say(String line) {
      lines.add(line);
    }

    @Override
    public void close() {}
  }
}
