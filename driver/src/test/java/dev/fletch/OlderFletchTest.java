package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.config.RunConfigLoader;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was begun before the configuration had all of today's keys is gone on with. */
class OlderFletchTest {
  /** By their sections, as the configuration is written. */
  private static final List<String> NEW_KEYS =
      List.of(
          "space.kinds",
          "space.activations",
          "supernet.reduce-after",
          "retrain.reduce-after",
          "retrain.dropout",
          "data.search-portion");

  @TempDir Path folder;

  @Test
  void whatItDidNotKnowHadItsDefault() throws IOException {
    RunFiles run = new RunFiles(folder.resolve("run"));
    Path conf =
        TinyRun.conf(
            folder, run.root(), "search.epochs = 1, retrain { candidates = [last], epochs = 1 }");
    TinyRun.Outcome begun = TinyRun.fletch("run", conf);
    assertThat(begun.exitCode()).as(begun.err()).isZero();
    age(run);

    TinyRun.Outcome resumed = TinyRun.fletch("run", conf, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err())
        .contains("search was complete: nothing left to train")
        .contains("retrain last, seed 0: already done");
    assertThat(TinyRun.fletch("report", run.root()).exitCode()).isZero();

    TinyRun.Outcome refused =
        TinyRun.fletch(
            "run",
            conf,
            "--resume",
            "--set",
            "data.search-portion=0.25",
            "--set",
            "search.batch=4");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "fletch: run folder file:%s: was started with other settings (data.search-portion was 0.5, now 0.25; search.batch was 8, now 4): resume with the old ones, or choose another output\n"
                .formatted(run.root()));
    TinyRun.Outcome again = TinyRun.fletch("retrain", run.root(), "--set", "retrain.dropout=0.1");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).as("a true difference").doesNotContain("already done");
  }

  /** Takes the new keys out of all that the run has written. */
  private static void age(RunFiles files) throws IOException {
    RunFolder run = RunFolder.open(files.root().toString(), new Configuration());
    String config = run.readText(RunFolder.CONFIG);
    for (String key : NEW_KEYS) {
      assertThat(RunConfigLoader.keys(config)).contains(key);
      config = without(config, key);
      assertThat(RunConfigLoader.keys(config)).doesNotContain(key).contains("search.batch");
    }
    run.writeText(RunFolder.CONFIG, config);
    age(run, "search/checkpoint");
    ResultKeys old = age(run, "retrain/last/seed-0/checkpoint");
    run.delete("retrain/settings.json");
    Path result = files.root().resolve("retrain/last/seed-0/result.json");
    Files.writeString(
        result,
        Files.readString(result)
            .replaceFirst(
                "\"settings\" ?: ?\"[^\"]*\"", "\"settings\" : \"" + old.digest() + "\""));
  }

  /** The line of a key in its section, however deep that lies. */
  private static String without(String config, String key) {
    String section = key.substring(0, key.indexOf('.'));
    String line = key.substring(key.indexOf('.') + 1);
    return Pattern.compile(
            "(?ms)(^  %s \\{$.*?)^    %s = [^\n]*\n".formatted(section, Pattern.quote(line)))
        .matcher(config)
        .replaceFirst("$1");
  }

  private static ResultKeys age(RunFolder run, String checkpoints) {
    CheckpointFolder folder = new CheckpointFolder(run, checkpoints, 1);
    Checkpoint now = folder.newest(warning -> {}).orElseThrow();
    SortedMap<String, String> keys = new TreeMap<>(now.keys().values());
    assertThat(keys.keySet().removeAll(NEW_KEYS)).isTrue();
    ResultKeys old = ResultKeys.of(keys);
    folder.save(
        new Checkpoint(
            now.nextEpoch(), now.seed(), old, now.vectors(), now.counters(), now.history()));
    return old;
  }
}
