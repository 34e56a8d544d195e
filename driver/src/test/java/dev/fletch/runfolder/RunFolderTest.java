package dev.fletch.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFolderTest {
  @TempDir Path temporary;
  private final Configuration hadoop = new Configuration();

  @Test
  void filesAreReplacedWholeAndNothingElseIsLeft() throws IOException {
    RunFolder run = RunFolder.create(temporary.resolve("run").toString(), hadoop);
    run.writeText("search/epochs.jsonl", "a longer first text");
    run.writeLines("search/epochs.jsonl", List.of("one", "two"));

    assertThat(run.readLines("search/epochs.jsonl")).containsExactly("one", "two");
    try (var files = Files.list(temporary.resolve("run/search"))) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("epochs.jsonl");
    }
  }

  @Test
  void secondRunOnOneFolderIsRefused() {
    String path = temporary.resolve("run").toString();
    RunFolder first = RunFolder.create(path, hadoop);
    first.writeText(RunFolder.CONFIG, "fletch {}");

    assertThatThrownBy(() -> RunFolder.create(path, hadoop))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "run folder file:%s: already holds a started run (config.conf): continue it with"
                + " --resume, or choose another output",
            path);
    first.markComplete();
    assertThatThrownBy(() -> RunFolder.create(path, hadoop))
        .hasMessageContaining("already holds a finished run");
  }

  @Test
  void foreignFolderAndFileAreRefusedAndUntouched() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("photos"));
    for (int i = 1; i <= 6; i++) {
      Files.writeString(folder.resolve(i + ".png"), "x");
    }
    assertThatThrownBy(() -> RunFolder.create(folder.toString(), hadoop))
        .hasMessage(
            "run folder file:%s: is not empty (1.png, 2.png, 3.png, 4.png and 2 more): choose"
                + " another output",
            folder);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(6);
    }
    Path file = folder.resolve("1.png");
    assertThatThrownBy(() -> RunFolder.create(file.toString(), hadoop))
        .hasMessage("run folder file:%s: is a file: choose another output", file);
  }

  @Test
  void resumeNeedsARunAndClearsTemporaryFiles() throws IOException {
    Path path = temporary.resolve("run");
    assertThatThrownBy(() -> RunLease.resume(path.toString(), hadoop, "fletch run a.conf"))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "run folder file:%s: holds no run (there is no such folder): check the path, or start a"
                + " run there first",
            path);
    assertThat(path).doesNotExist();

    RunFolder.create(path.toString(), hadoop).writeText(RunFolder.CONFIG, "fletch {}");
    Path left = Files.createDirectories(path.resolve("search")).resolve(".epochs.jsonl.1234.tmp");
    Files.writeString(left, "{\"ep");
    RunLease.resume(path.toString(), hadoop, "fletch run a.conf").close();
    assertThat(left).doesNotExist();
  }

  @Test
  void parentThatIsAFileCannotBeWrittenTo() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    assertThatThrownBy(() -> RunFolder.create(file.resolve("run").toString(), hadoop))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("cannot be written to")
        .extracting(Throwable::getMessage, STRING)
        .doesNotContain("\n");
  }

  @Test
  void unreachableFileSystemFailsInSecondsWithOneLine() {
    Instant start = Instant.now();
    // Port 1 of this machine: nobody listens, the connection is refused at once.
    assertThatThrownBy(() -> RunFolder.create("hdfs://127.0.0.1:1/runs/a", hadoop))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(
            "run folder hdfs://127.0.0.1:1/runs/a: cannot reach its file system (Connection"
                + " refused): check the address and that it is up, or choose another output");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void unknownHostIsNamed() {
    assertThatThrownBy(() -> RunFolder.create("hdfs://no-such-host.invalid:8020/a", hadoop))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining(
            "cannot reach its file system (unknown host no-such-host.invalid): check the address");
  }

  @Test
  void unknownSchemeIsNamed() {
    assertThatThrownBy(() -> RunFolder.create("nfsx://host/a", hadoop))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("nfsx");
  }

  @Test
  void manifestComesBackAsWritten() {
    RunFolder run = RunFolder.create(temporary.resolve("run").toString(), hadoop);
    Manifest manifest =
        new Manifest(
            "fletch run a.conf",
            new Build("0.1.0", "1234-dirty"),
            Instant.parse("2026-01-02T03:04:05Z"),
            List.of(2L, 7L),
            Map.of("train", "crc32c:0a1b"),
            new DataFacts(
                List.of("ant", "bee"), List.of(30, 29), List.of(4, 5), List.of("a file is bad")),
            RunEnvironment.here());
    manifest.write(run);
    assertThat(Manifest.read(run)).isEqualTo(manifest);
    assertThat(manifest.environment())
        .containsEntry("nd4j", "1.0.0-M2.1")
        .containsEntry("spark", "3.5.7");
  }

  @Test
  void whetherAFolderCanBeWrittenToIsTriedWithoutATrace() throws IOException {
    new RunPlace(temporary.resolve("a/b/run").toString(), hadoop).requireWritable();
    new RunPlace(temporary.toString(), hadoop).requireWritable();

    assertThat(temporary).isEmptyDirectory();
    Files.writeString(temporary.resolve("file"), "x");
    assertThatThrownBy(
            () -> new RunPlace(temporary.resolve("file/run").toString(), hadoop).requireWritable())
        .isInstanceOf(RunFolderException.class)
        .hasMessageStartingWith(
            "run folder file:" + temporary + "/file/run: cannot be written to (")
        .hasMessageEndingWith("): check its permissions, or choose another output");
    assertThatThrownBy(() -> new RunPlace("/proc/run", hadoop).requireWritable())
        .hasMessageStartingWith("run folder file:/proc/run: cannot be written to (");
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://bucket/run, 'the library for s3a is missing: '",
    "http://host/run, 'nothing can be written over http): choose'",
    "nonsense://host/run, 'No FileSystem for scheme \"nonsense\"'",
  })
  void aFileSystemWithoutALibraryIsRefused(String path, String reason) {
    assertThatThrownBy(() -> new RunPlace(path, hadoop).requireUnused())
        .isInstanceOf(RunFolderException.class)
        .hasMessageStartingWith("run folder " + path + ": cannot be used (" + reason)
        .hasMessageContaining("): choose another output, or have spark-submit add a library");
  }
}
