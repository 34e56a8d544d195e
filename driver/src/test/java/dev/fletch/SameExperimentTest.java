package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A finished run is gone on with as it began, or not at all; what it has lost is missed. */
class SameExperimentTest {
  private static final String SOURCE = "/dev/fletch/data/fashion-mnist/";
  private static final String TRAIN = "train-images-idx3-ubyte";
  private static final List<String> DATA =
      List.of(TRAIN, "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

  @TempDir static Path folder;

  private static Path conf;
  private static RunFiles run;

  @BeforeAll
  static void runOnce() throws IOException {
    run = new RunFiles(folder.resolve("run"));
    conf =
        TinyRun.conf(
            folder, run.root(), "search.epochs = 1, retrain { candidates = [last], epochs = 1 }");
    TinyRun.Outcome outcome = TinyRun.fletch("run", conf);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run     | seed=5               | seed was 0, now 5",
        "run     | search.batch=4       | search.batch was 8, now 4",
        "search  | space.nodes=3        | space.nodes was 2, now 3",
        "run     | data.test-limit=16   | data.test-limit was 32, now 16",
        "retrain | seed=5               | seed was 0, now 5",
        "retrain | search.epochs=2      | search.epochs was 1, now 2",
        "validate| seed=5               | seed was 0, now 5",
      })
  void anotherExperimentIsRefusedByName(String command, String setting, String named) {
    TinyRun.Outcome refused =
        command.equals("retrain")
            ? TinyRun.fletch(command, run.root(), "--set", setting)
            : TinyRun.fletch(command, conf, "--resume", "--set", setting);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "fletch: run folder file:%s: was started with other settings (%s): resume with the old ones, or choose another output\n"
                .formatted(run.root(), named));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report.title=other",
        "retrain.parallel=1",
        "retrain.exchange=executors",
        "search.keep-checkpoints=5",
        "retrain.time-limit-minutes=9"
      })
  void whatDoesNotChangeItMayChange(String setting) {
    TinyRun.Outcome resumed = TinyRun.fletch("run", conf, "--resume", "--set", setting);

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err())
        .contains("search was complete: nothing left to train")
        .contains("retrain last, seed 0: already done");
  }

  @Test
  void theSameImagesMayLieElsewhereAndOthersAreRefused() throws IOException {
    Path same = copyData("same");
    TinyRun.Outcome resumed = TinyRun.fletch("run", conf, "--resume", "--set", "data.path=" + same);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err())
        .contains("search was complete: nothing left to train")
        .contains("retrain last, seed 0: already done");
    TinyRun.Outcome exported = TinyRun.fletch("export", run.root(), "--set", "data.path=" + same);
    assertThat(exported.exitCode()).as(exported.err()).isZero();

    Path other = copyData("other");
    byte[] images = Files.readAllBytes(other.resolve(TRAIN));
    images[400]++;
    Files.write(other.resolve(TRAIN), images);
    String old = run.json("manifest.json").at("/dataChecksums/examples").asText();
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("run", conf, "--resume"),
            List.of("validate", conf, "--resume"),
            List.of("retrain", run.root()))) {
      Object[] typed =
          Stream.concat(command.stream(), Stream.of("--set", "data.path=" + other)).toArray();
      TinyRun.Outcome refused = TinyRun.fletch(typed);
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .hasLineCount(1)
          .startsWith("fletch: run folder file:" + run.root() + ": was started with other images")
          .contains("the examples of " + other + " was " + old + " (manifest.json), now ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search/epochs.jsonl | run or search with --resume writes it anew from search/checkpoint",
        "search/result.json | run or search with --resume writes it anew from search/checkpoint",
        "search/alpha/epoch-000.json | restore it from a copy of the folder",
        "retrain/last/candidate.json | retrain writes it anew",
        "retrain/last/seed-0/metrics.jsonl | delete retrain/last/seed-0 and retrain",
      })
  void aReportMissesWhatTheRunHasLost(String name, String remedy) throws IOException {
    byte[] content = Files.readAllBytes(run.root().resolve(name));
    String page = run.text("report/index.html");
    Files.delete(run.root().resolve(name));
    try {
      TinyRun.Outcome refused = TinyRun.fletch("report", run.root());

      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .isEqualTo(
              "fletch: run folder file:%s: %s is missing: %s\n"
                  .formatted(run.root(), name, remedy));
      assertThat(run.text("report/index.html")).isEqualTo(page);
      if (remedy.contains("--resume")) {
        assertThat(TinyRun.fletch("search", conf, "--resume").exitCode()).isZero();
        assertThat(run.root().resolve(name)).hasBinaryContent(content);
        assertThat(TinyRun.fletch("report", run.root()).exitCode()).isZero();
      }
    } finally {
      Files.write(run.root().resolve(name), content);
    }
  }

  @Test
  void aLostManifestOrConfigurationIsMissed() throws IOException {
    for (String name : List.of("manifest.json", "config.conf")) {
      byte[] content = Files.readAllBytes(run.root().resolve(name));
      Files.delete(run.root().resolve(name));
      TinyRun.Outcome refused = TinyRun.fletch("report", run.root());
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).hasLineCount(1).contains(name + " is missing");
      assertThat(run.has(name)).isFalse();
      Files.write(run.root().resolve(name), content);
    }
  }

  @Test
  void aReportOfNothingSaysSo() {
    TinyRun.Outcome refused = TinyRun.fletch("report", folder.resolve("nothing"));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "fletch: run folder file:%s: holds no run (there is no such folder): check the path, or start a run there first\n"
                .formatted(folder.resolve("nothing")));
  }

  @ParameterizedTest
  @CsvSource({
    "manifest.json,report",
    "search/result.json,report",
    "retrain/last/seed-0/result.json,report",
    "search/result.json,retrain",
    "search/alpha/epoch-000.json,report",
    "retrain/last/candidate.json,report",
    "retrain/settings.json,report",
  })
  void aFileOfANewerFletchIsRefusedByNumber(String name, String command) throws IOException {
    String text = run.text(name);
    Files.writeString(
        run.root().resolve(name), text.replaceFirst("(\"formatVersion\" ?: ?)1", "$17"));
    try {
      TinyRun.Outcome refused = TinyRun.fletch(command, run.root());

      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
      assertThat(refused.errorLines())
          .last()
          .isEqualTo(
              "fletch: file:%s/%s: has format version 7, this Fletch reads up to 1: use the newer Fletch that wrote it"
                  .formatted(run.root(), name));
    } finally {
      Files.writeString(run.root().resolve(name), text);
    }
  }

  @Test
  void theManifestSaysWhichFletchItWas() throws IOException {
    JsonNode manifest = run.json("manifest.json");

    assertThat(manifest.get("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(manifest.get("commit").asText()).matches("[0-9a-f]{40}(-dirty)?|unknown");
    assertThat(manifest.at("/environment/fletch")).isEqualTo(manifest.get("version"));
  }

  private static Path copyData(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    for (String file : DATA) {
      try (InputStream in =
          new GZIPInputStream(
              SameExperimentTest.class.getResourceAsStream(SOURCE + file + ".gz"))) {
        Files.copy(in, copy.resolve(file));
      }
    }
    return copy;
  }
}
