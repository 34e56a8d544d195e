package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.config.RunConfigLoader;
import dev.fletch.config.SweepConfig;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep over whole configurations is gone on with as it began, wherever it lies by now. */
class SameSweepTest {
  private static final String SWEEP =
      """
      fletch {
        name = small, output = runs/small
        data { format = idx, path = some/folder }
        sweep { mode = list, parallel = 2, vary.run = [
          { label = grown, fletch { name = one, output = runs/one, report.title = One, search.method = neat } }
          { label = given, fletch { search.epochs = 7, retrain.candidates = [DARTS_V2] } }
          { label = moved, fletch { retrain.epochs = 4, retrain.candidates = [
            "from:"${fletch.output}"/trials/run=grown/best", ${fletch.output}"/genome.json" ] } }
        ] }
      }
      """;

  /** What Fletch has always written for this sweep. */
  private static final String WRITTEN =
      """
      fletch {
          data {
              format=idx
              path="some/folder"
          }
          name=small
          output="runs/small"
          sweep {
              mode=list
              parallel=2
              vary {
                  run=[
                      {
                          fletch {
                              name=one
                              output="runs/one"
                              report {
                                  title=One
                              }
                              search {
                                  method=neat
                              }
                          }
                          label=grown
                      },
                      {
                          fletch {
                              retrain {
                                  candidates=[
                                      "DARTS_V2"
                                  ]
                              }
                              search {
                                  epochs=7
                              }
                          }
                          label=given
                      },
                      {
                          fletch {
                              retrain {
                                  candidates=[
                                      "from:runs/small/trials/run=grown/best",
                                      "runs/small/genome.json"
                                  ]
                                  epochs=4
                              }
                          }
                          label=moved
                      }
                  ]
              }
          }
      }
      """;

  @TempDir Path folder;

  /** As if it had been begun in runs/small, and were here now. */
  @BeforeEach
  void writeSweep() throws IOException {
    Files.writeString(folder.resolve("config.conf"), WRITTEN);
    SweepConfig before = RunConfigLoader.loadSweep("run.conf", SWEEP, List.of()).orElseThrow();
    for (int i = 1; i < 3; i++) {
      Path trial =
          Files.createDirectories(folder.resolve("trials/" + before.trials().get(i).name()));
      Files.writeString(trial.resolve("config.conf"), before.trials().get(i).config().render());
    }
  }

  private void check(String text) {
    SweepConfig now =
        RunConfigLoader.loadSweep("run.conf", text, List.of("output=" + folder)).orElseThrow();
    SweepFolder.check(now, Phases.Folder.EXISTING, new Configuration());
  }

  @Test
  void itMayMove() {
    assertThatCode(() -> check(SWEEP)).doesNotThrowAnyException();
    assertThatCode(() -> check(WRITTEN)).as("still from the old place").doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name = other",
        "report.title = Other",
        "sweep.parallel = 1",
        "retrain { parallel = 1, time-limit-minutes = 5 }",
      })
  void whatHasNoInfluenceMayChange(String setting) {
    assertThatCode(() -> check(SWEEP + "fletch { " + setting + " }")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "report.title = One | report.title = Two",
        "search.method = neat | search { method = neat, fitness.parallel = 7 }",
        "search.epochs = 7  | search.epochs = 3",
        "retrain.epochs = 4 | retrain { epochs = 4, parallel = 5 }",
      })
  void soMayWhatASingleConfigurationSaysInVain(String before, String now) {
    assertThatCode(() -> check(SWEEP.replace(before, now))).doesNotThrowAnyException();
  }

  @Test
  void otherSettingsAreNamedOnceWithTheirTrials() {
    assertRefused(
        SWEEP + "fletch { retrain { batch = 9, dropout = 0.5 } }",
        "was started with other settings (retrain.batch was 96, now 9; retrain.dropout was 0,"
            + " now 0.5): resume with the old ones, or choose another output");
    assertRefused(
        SWEEP.replace("retrain.epochs = 4", "retrain.epochs = 5"),
        "was started with other settings (retrain.epochs was 4, now 5 in trial run=moved):"
            + " resume with the old ones, or choose another output");
    assertRefused(
        SWEEP.replace("run=grown/best", "run=grown/last"),
        "was started with other settings (retrain.candidates was"
            + " [\"from:runs/small/trials/run=grown/best\", \"runs/small/genome.json\"], now"
            + " [\"from:%1$s/trials/run=grown/last\", \"%1$s/genome.json\"] in trial run=moved):"
                .formatted(folder)
            + " resume with the old ones, or choose another output");
  }

  @Test
  void otherTrialsAreNamed() {
    assertRefused(
        SWEEP.replace("label = given", "label = taken"),
        "was started with other trials (now without trial run=given; with trial run=taken, which"
            + " it had not): resume with the old ones, or choose another output");
  }

  /** A trial that was started may have had other defaults than the sweep's file has now. */
  @Test
  void aTrialThatWasStartedOtherwiseIsRefused() throws IOException {
    Path trial = folder.resolve("trials/run=moved/config.conf");
    Files.writeString(
        trial, Files.readString(trial).replaceFirst("(?m)^    epochs = 4$", "    epochs = 3"));

    assertThatThrownBy(() -> check(SWEEP))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "run folder file:%s/trials/run=moved: was started with other settings (retrain.epochs"
                    .formatted(folder)
                + " was 3, now 4): resume with the old ones, or choose another output");
  }

  private void assertRefused(String text, String message) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage("run folder file:" + folder + ": " + message);
  }
}
