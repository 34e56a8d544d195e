package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no configuration, however large or deep, get an answer in lines and seconds. */
class OddFilesTest {
  private static final String HEAD =
      "fletch { name = t, output = runs/t, data { format = idx, path = data } }\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"\"nothere.conf\"", "\"nothere\"", "required(\"nothere.conf\")"})
  void aMissingIncludeIsRefusedByName(String include) throws IOException {
    Path file = Files.writeString(folder.resolve("run.conf"), HEAD + "include " + include + "\n");
    String name = include.contains(".conf") ? "nothere.conf" : "nothere";

    assertThat(refusal(file))
        .containsExactly(
            file
                + ": include \""
                + name
                + "\": not there, or not readable; mend the name, which is taken from the including"
                + " file's folder, or remove the line");
  }

  @Test
  void whatIsIncludedMayIncludeMoreAndLeaveItsEndingOut() throws IOException {
    Files.writeString(folder.resolve("inner.conf"), HEAD);
    Files.writeString(folder.resolve("outer.conf"), "include \"inner\"\nfletch.seed = 3\n");
    Path file =
        Files.writeString(
            folder.resolve("run.conf"),
            "include file(\"" + folder.resolve("outer.conf") + "\")\nfletch.search.epochs = 4\n");

    RunConfig config = RunConfigLoader.load(file, List.of());

    assertThat(config.seed()).isEqualTo(3);
    assertThat(config.search().epochs()).isEqualTo(4);
  }

  @Test
  void sectionsOfAnyDepthAreRefusedInOneLine() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("deep.conf"),
            "a" + " { a".repeat(10_000) + " = 1" + " }".repeat(10_000));

    assertThat(refusal(file)).containsExactly(file + ": has sections nested too deeply to be read");
  }

  @Test
  @Timeout(60)
  void veryManyUnknownKeysAreNamedInPartAndCounted() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("many.conf"),
            HEAD + "fletch.search {\n" + keys(200_000) + "\n}\n" + keys(1_000));

    List<String> lines = refusal(file);

    assertThat(lines).hasSize(42);
    assertThat(lines.get(0)).startsWith(file + ":3: unknown key search.key1; search has method, ");
    assertThat(lines.get(19)).startsWith(file + ":22: unknown key search.key20; ");
    assertThat(lines)
        .contains(
            file + ": and 199,980 more unknown keys",
            file + ": and 980 more unknown keys outside fletch { }");
  }

  private static String keys(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "  key" + i + " = " + i)
        .collect(Collectors.joining("\n"));
  }

  private static List<String> refusal(Path file) {
    ConfigException exception =
        catchThrowableOfType(() -> RunConfigLoader.load(file, List.of()), ConfigException.class);
    assertThat(exception).as("a refusal of " + file).isNotNull();
    return exception.problems().stream().map(ConfigProblem::toString).toList();
  }
}
