package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person or a script sees of commands that are carried out. */
class FletchTest extends TypedCommands {
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
  void aRetrainingWritesTheReportAnewThatIsThere() throws IOException {
    leaveRun();
    phases.reported = true;
    phases.failed = 1;
    assertThat(fletch("retrain", output())).as("some failed").isEqualTo(1);
    assertThat(phases.calls).containsExactly("open EXISTING", "retrain", "report", "close");
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
}
