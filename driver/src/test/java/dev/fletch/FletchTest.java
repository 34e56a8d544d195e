package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.bench.TinyNetworks;
import dev.fletch.cli.progress.Progress;
import dev.fletch.config.RunConfig;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.run.Phases;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person or a script sees of the command line. */
class FletchTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final RecordedPhases phases = new RecordedPhases();

  @TempDir Path folder;

  @Test
  void runGoesThroughAllPhasesAndSaysWhereTheRunIs() throws IOException {
    Path conf = conf("");

    assertThat(fletch("run", conf.toString(), "--set", "search.epochs=3")).isZero();

    assertThat(phases.calls).containsExactly("open NEW", "search", "retrain", "report", "close");
    assertThat(phases.config.search().epochs()).isEqualTo(3);
    assertThat(phases.command).isEqualTo("fletch run " + conf + " --set search.epochs=3");
    assertThat(err.toString()).isEqualTo("run folder: " + output() + "\n");
  }

  @Test
  void withoutAFileTheQuickstartRuns() {
    assertThat(fletch("run", "--set", "output=" + output())).isZero();

    assertThat(phases.config.name()).isEqualTo("quickstart");
    assertThat(phases.config.data().path()).isEqualTo("bundled:fashion-mnist");
  }

  @Test
  void eachPhaseHasItsCommand() throws IOException {
    Path conf = conf("");
    assertThat(fletch("search", conf.toString())).isZero();
    assertThat(phases.calls).containsExactly("open NEW", "search", "close");

    leaveRun();
    phases.calls.clear();
    assertThat(fletch("retrain", conf.toString())).isZero();
    assertThat(fletch("report", output())).isZero();
    assertThat(phases.calls)
        .containsExactly("open EXISTING", "retrain", "close", "open EXISTING", "report", "close");
  }

  @Test
  void aRunFolderThatWasMovedIsTheOutput() throws IOException {
    leaveRun();
    Path moved = Files.move(Path.of(output()), folder.resolve("moved"));

    assertThat(fletch("retrain", moved.toString(), "--set=retrain.epochs=9")).isZero();

    assertThat(phases.config.output()).isEqualTo(moved.toString());
    assertThat(phases.config.retrain().network().epochs()).isEqualTo(9);
    assertThat(fletch("report", moved.toString(), "--set", "output=elsewhere")).isEqualTo(2);
    assertThat(lastError())
        .isEqualTo(
            "fletch: --set output=... contradicts the run folder "
                + moved
                + "; give only one of them, or a configuration file");
  }

  @Test
  void aFailedTrainingIsReportedAndExitsWithOne() throws IOException {
    phases.failed = 1;

    assertThat(fletch("run", conf("").toString())).isEqualTo(1);

    assertThat(phases.calls).contains("report");
    assertThat(lastError())
        .isEqualTo("fletch: some trainings failed; see the report in " + output());
  }

  @Test
  void everyProblemOfTheConfigurationIsALine() throws IOException {
    Path conf = conf("search { epoch = 3, batch = none }");

    assertThat(fletch("run", conf.toString(), "--set", "space.nodes=0")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            """
            fletch: %1$s:5: search.batch must be a whole number, got "none"
            fletch: %1$s:5: unknown key search.epoch; did you mean search.epochs?
            fletch: --set: space.nodes must be >= 1, got 0
            """
                .formatted(conf));
    assertThat(phases.calls).isEmpty();
    assertThat(Path.of(output())).doesNotExist();
  }

  @Test
  void anOutputInUseIsRefusedUnlessTheRunIsResumed() throws IOException {
    Path conf = conf("");
    leaveRun();

    assertThat(fletch("run", conf.toString())).isEqualTo(2);
    assertThat(lastError()).contains(output()).contains("--resume").doesNotContain("\tat ");
    assertThat(fletch("run", conf.toString(), "--resume")).isZero();
    assertThat(phases.calls).startsWith("open EXISTING");
  }

  @Test
  void resumingAndLaterPhasesNeedARun() throws IOException {
    Path conf = conf("");

    for (List<String> command :
        List.of(
            List.of("run", conf.toString(), "--resume"),
            List.of("retrain", conf.toString()),
            List.of("report", output()))) {
      assertThat(fletch(command.toArray(String[]::new))).as(command.toString()).isEqualTo(2);
      assertThat(lastError()).contains(output()).contains("holds no run");
    }
    assertThat(phases.calls).isEmpty();
  }

  @Test
  void missingDataIsBadConfigurationAndLeavesNothing() throws IOException {
    Path conf = conf("data.path = " + folder + "/nothing");

    assertThat(fletch("run", conf.toString())).isEqualTo(2);

    assertThat(lastError()).startsWith("fletch: ").contains(folder + "/nothing");
    assertThat(err.toString()).hasLineCount(1);
    assertThat(Path.of(output())).doesNotExist();
    leaveRun();
    assertThat(fletch("retrain", output(), "--set", "data.path=" + folder + "/nothing"))
        .isEqualTo(2);
    assertThat(fletch("report", output(), "--set", "data.path=" + folder + "/nothing"))
        .as("a report needs no data")
        .isZero();
  }

  @Test
  void anUnknownFileSystemIsInfrastructure() throws IOException {
    assertThat(fletch("run", conf("output = \"nowhere://host/run\"").toString())).isEqualTo(3);

    assertThat(err.toString()).hasLineCount(1).contains("nowhere");
  }

  @Test
  void failuresOfPhasesAreOneLineAndCloseThePhases() throws IOException {
    Path conf = conf("");

    phases.failure = new UncheckedIOException(new IOException("disk\nfull"));
    assertThat(fletch("run", conf.toString())).isEqualTo(3);
    assertThat(lastError()).isEqualTo("fletch: IOException: disk full");
    phases.failure = new DivergedException(new StepId(1, 2), 0, Double.NaN);
    assertThat(fletch("run", conf.toString())).isEqualTo(1);
    assertThat(lastError()).startsWith("fletch: Training diverged at epoch 1, step 2");
    phases.failure = new IllegalStateException("a fault of ours");
    assertThat(fletch("run", conf.toString())).isEqualTo(3);
    assertThat(lastError())
        .isEqualTo(
            "fletch: unexpected IllegalStateException: a fault of ours; --verbose shows where it"
                + " happened");
    assertThat(phases.calls).endsWith("search", "close");
    assertThat(err.toString()).doesNotContain("\tat ");
    assertThat(fletch("run", conf.toString(), "--verbose")).isEqualTo(3);
    assertThat(err.toString()).contains("\tat dev.fletch.FletchTest");
  }

  @Test
  void misuseIsOneLineWithAdvice() throws IOException {
    assertThat(fletch()).isEqualTo(2);
    assertThat(lastError()).isEqualTo("fletch: no command given (see fletch --help)");
    assertThat(fletch("serch")).isEqualTo(2);
    assertThat(lastError())
        .startsWith("fletch: ")
        .contains("'serch'")
        .contains("did you mean search")
        .endsWith("(see fletch --help)");
    assertThat(fletch("run", "--sett", "a=b")).isEqualTo(2);
    assertThat(lastError()).contains("'--sett'").endsWith("(see fletch run --help)");
    assertThat(fletch("retrain")).isEqualTo(2);
    assertThat(lastError())
        .isEqualTo("fletch: Missing required parameter: 'RUN' (see fletch retrain --help)");
    assertThat(fletch("bench")).isEqualTo(2);
    assertThat(lastError())
        .isEqualTo(
            "fletch: bench needs a command: step, candidate or exchange (see fletch bench --help)");
    assertThat(err.toString()).hasLineCount(5);
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertThat(fletch("--help")).isZero();
    assertThat(out.toString())
        .contains("run ", "search ", "retrain ", "report ", "validate ", "bench ")
        .contains("Exit codes:")
        .contains("infrastructure")
        .contains("130   interrupted from the keyboard");
    assertThat(fletch("run", "--help")).isZero();
    assertThat(out.toString())
        .contains("--set=KEY=VALUE")
        .contains("--resume")
        .contains("--dry-run");
    assertThat(fletch("--version")).isZero();
    assertThat(out.toString()).containsPattern("fletch \\d+\\.\\d+\\.\\d+");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void validateSaysWhatItFound() throws IOException {
    assertThat(fletch("validate", conf("").toString(), "--set", "data.search-portion=0.75"))
        .isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            config    small is valid
            output    %s is free
            data      6,000 training (4,500 for w, 1,500 for alpha) and 1,000 test examples of \
            1x28x28, 10 classes
            """
                .formatted(output()));
    assertThat(phases.calls).isEmpty();
  }

  @Test
  void aDryRunOfRunAndValidateTellsWhatItWouldTake() throws IOException {
    Path conf = conf("search.replicas = 2, retrain.seeds = [0, 1, 2]");

    assertThat(fletch("run", conf.toString(), "--dry-run")).isZero();
    String lines = out.toString();

    assertThat(lines)
        .contains("1,929,754 weights, 224 alphas")
        .contains("50 epochs of 24 steps = 1,200 steps on 2 replicas of 64 examples")
        .contains("15 MiB of parameters and optimizer state on the driver, ")
        .contains("at most 6 trainings (2 candidates, 3 seeds), 2 at a time")
        .contains("600 epochs of 63 steps = 37,800 steps each");
    assertThat(
            fletch(
                "run",
                conf.toString(),
                "--dry-run",
                "--set=search.epochs=1",
                "--set=search.batch=3000",
                "--set=search.replicas=1",
                "--set=search.alpha.learning-rate-warm-up=0"))
        .isZero();
    assertThat(out.toString())
        .contains("1 epoch of 1 step = 1 step on 1 replica of 3,000 examples");
    assertThat(fletch("validate", conf.toString(), "--dry-run")).isZero();
    assertThat(out.toString()).endsWith(lines);
    assertThat(phases.calls).isEmpty();
    assertThat(Path.of(output())).doesNotExist();
  }

  private int fletch(String... arguments) {
    return Fletch.execute(
        phases,
        new TinyNetworks(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        arguments);
  }

  private Path conf(String more) throws IOException {
    Path file = folder.resolve("small.conf");
    return Files.writeString(
        file,
        """
        fletch.name = small
        fletch.output = "%s"
        fletch.data { format = idx, path = "bundled:fashion-mnist" }
        fletch {
          %s
        }
        """
            .formatted(output(), more));
  }

  private String output() {
    return folder.resolve("out").toString();
  }

  /** A run folder as an earlier phase leaves it. */
  private void leaveRun() throws IOException {
    Path run = Files.createDirectory(Path.of(output()));
    Files.copy(conf(""), run.resolve("config.conf"));
  }

  private String lastError() {
    return Stream.of(err.toString().split("\n")).reduce("", (a, b) -> b);
  }

  private static final class RecordedPhases implements Phases, Phases.Factory {
    private final List<String> calls = new ArrayList<>();
    private RunConfig config;
    private String command;
    private int failed;
    private RuntimeException failure;

    @Override
    public boolean candidatesNeedSearch() {
      return true;
    }

    @Override
    public Phases open(RunConfig given, Folder folder, String typed, Progress progress) {
      config = given;
      command = typed;
      calls.add("open " + folder);
      return this;
    }

    @Override
    public void search() {
      calls.add("search");
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public Retrained retrain() {
      calls.add("retrain");
      return new Retrained(2, failed);
    }

    @Override
    public void report() {
      calls.add("report");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
