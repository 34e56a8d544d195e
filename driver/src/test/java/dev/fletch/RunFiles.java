package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** The files of a run as a test looks at them. */
record RunFiles(Path root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every file, relative to the root, sorted. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  boolean has(String name) {
    return Files.exists(root.resolve(name));
  }

  String text(String name) {
    try {
      return Files.readString(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode json(String name) throws IOException {
    return JSON.readTree(text(name));
  }

  /** The objects of a file of lines, without what depends on the machine's speed. */
  List<JsonNode> timelessLines(String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text(name).lines().toList()) {
      lines.add(
          ((ObjectNode) JSON.readTree(line))
              .without(List.of("seconds", "imagesPerSecond", "evaluationSeconds")));
    }
    return lines;
  }

  /**
   * Asserts that these are the files of {@code other} with the same content, but for what depends
   * on time and on the command that was typed.
   */
  void assertSameResultsAs(RunFiles other) throws IOException {
    assertThat(names()).contains("retrain/last/seed-0/result.json");
    assertSameSearchAs(other);
  }

  /** The same for a search alone, and whatever else is there. */
  void assertSameSearchAs(RunFiles other) throws IOException {
    List<String> names = names();
    assertThat(names).isEqualTo(other.names());
    assertThat(names).contains("search/epochs.jsonl");
    for (String name : names) {
      if (name.endsWith(".jsonl")) {
        assertThat(timelessLines(name)).as(name).isEqualTo(other.timelessLines(name));
      } else if (name.endsWith("result.json")) {
        List<String> timed = List.of("seconds", "imagesPerSecond");
        assertThat(((ObjectNode) json(name)).without(timed).toString())
            .as(name)
            .isEqualTo(((ObjectNode) other.json(name)).without(timed).toString());
      } else if (name.startsWith("search/alpha/")) {
        assertThat(text(name)).as(name).isEqualTo(other.text(name));
      }
    }
    for (String folder :
        names.stream().filter(n -> n.endsWith(".ckpt")).map(RunFiles::parent).distinct().toList()) {
      assertSameTraining(folder, newest(folder), other.newest(folder));
    }
  }

  private static String parent(String name) {
    return name.substring(0, name.lastIndexOf('/'));
  }

  Checkpoint newest(String folder) {
    RunFolder run = RunFolder.open(root.toString(), new Configuration());
    List<String> damaged = new ArrayList<>();
    Checkpoint newest = new CheckpointFolder(run, folder, 2).newest(damaged::add).orElseThrow();
    assertThat(damaged).isEmpty();
    return newest;
  }

  private static void assertSameTraining(String folder, Checkpoint actual, Checkpoint expected) {
    assertThat(actual.nextEpoch()).as(folder).isEqualTo(expected.nextEpoch());
    assertThat(actual.counters()).as(folder).isEqualTo(expected.counters());
    assertThat(actual.vectors().keySet()).as(folder).isEqualTo(expected.vectors().keySet());
    actual
        .vectors()
        .forEach(
            (name, vector) ->
                assertThat(vector).as(folder + " " + name).isEqualTo(expected.vectors().get(name)));
  }
}
