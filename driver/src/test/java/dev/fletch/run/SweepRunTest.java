package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cli.progress.Progress;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a sweep ends that is told to. */
class SweepRunTest {
  private static final String SWEEP =
      """
      fletch {
        name = small, data { format = idx, path = some/folder }
        sweep { mode = list, parallel = 2, vary.run = [
          { label = found, fletch {} }
          { label = moved, fletch.retrain.candidates = ["from:"${fletch.output}"/trials/run=found/best"] }
        ] }
      }
      """;

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aTrialThatWaitsForAnInterruptedOneEndsWithIt(@TempDir Path folder) {
    SweepConfig sweep =
        RunConfigLoader.loadSweep("run.conf", SWEEP, List.of("output=" + folder.resolve("sweep")))
            .orElseThrow();
    AtomicBoolean interrupted = new AtomicBoolean();
    Configuration hadoop = new Configuration();
    try (SweepFolder opened = SweepFolder.open(sweep, Phases.Folder.NEW, hadoop, "command")) {
      SweepRun run =
          new SweepRun(
              sweep,
              Map.of(),
              opened,
              hadoop,
              interruptedIn(interrupted),
              "command",
              new SilentProgress(),
              interrupted::get);
      assertThat(run.run()).isEqualTo(ExitCode.INTERRUPTED);
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

  private static final class SilentProgress implements Progress {
    @Override
    public void update(String phase, String unit, long done, long total, String detail) {}

    @Override
    public void say(String line) {}

    @Override
    public void close() {}
  }
}
