package dev.fletch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The operations on texts against values recorded from PyTorch (float32). Reads every file of the
 * format {@value #FORMAT} in the folder given by {@code golden.text.dir}, all settings from the
 * json; see {@link RecordedOperation}.
 */
class TextOperationsGoldenTest {
  private static final String FORMAT = "text-operations";

  @TestFactory
  Stream<DynamicNode> recordedOperations() throws IOException, URISyntaxException {
    List<Path> files = files();
    assertThat(files).as("files of the format %s in %s", FORMAT, folder()).isNotEmpty();
    return files.stream()
        .map(file -> dynamicContainer(file.getFileName().toString(), tests(file, json(file))));
  }

  private static Stream<DynamicNode> tests(Path file, JsonNode settings) {
    return StreamSupport.stream(settings.required("operations").spliterator(), false)
        .map(
            operation ->
                dynamicTest(
                    operation.required("name").textValue(),
                    () -> RecordedOperation.of(file, settings, operation).check()));
  }

  private static Path folder() throws URISyntaxException {
    String given = System.getProperty("golden.text.dir");
    if (given == null) {
      return Path.of(TextOperationsGoldenTest.class.getResource("/golden-text").toURI());
    }
    // Maven runs tests in the module's folder; a person names the folder from where Maven is
    // called.
    Path fromRoot = Path.of("..").resolve(given);
    return Files.isDirectory(fromRoot) ? fromRoot : Path.of(given);
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> json(file).path("format").asText().equals(FORMAT))
          .sorted()
          .toList();
    }
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + file, e);
    }
  }
}
