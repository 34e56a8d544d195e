package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts and settings of texts that no run can use: one line, and nothing started or written. */
class TextInputTest {
  private static final String HEADS =
      "attention divides its channels among 8 heads and cannot have 12: take a multiple of 8";

  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void write() throws IOException {
    data = TinyTexts.write(folder.resolve("data"));
    Files.writeString(folder.resolve("vectors.txt"), "good 1 2 3\nbad -1 0.5 2\n");
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        arguments(" \t1", "train.tsv line 62: has an empty text"),
        arguments(
            "good film\t2", "train.tsv line 62: has the unknown label '2', format sst2 has 0, 1"),
        arguments("good film\t", "train.tsv line 62: has an empty label"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("rows")
  void aBadRowIsNamed(String row, String message) throws IOException {
    Path train = data.resolve("train.tsv");
    Files.writeString(train, Files.readString(train) + row + "\n");
    assertRefused("", message);
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        arguments("data.text-column = review", "review"),
        arguments(
            "supernet.init-channels = 12",
            "supernet.init-channels must fit space.operations: " + HEADS),
        arguments(
            "retrain.init-channels = 12",
            "retrain.init-channels must fit the operations of candidates: " + HEADS),
        arguments(
            "retrain { init-channels = 12, candidates = [\"normal=[attention:0,identity:1]"
                + " reduction=[max_pool_3:0,identity:1]\"] }",
            "retrain.init-channels must fit the operations of candidates: " + HEADS),
        arguments(
            "retrain.auxiliary-weight = 0.4",
            "retrain.auxiliary-weight must be 0: networks for texts have no auxiliary head"),
        arguments("retrain.stem = imagenet", "retrain.stem must be cifar: the other one is for"),
        arguments("retrain.dropout = 1", "retrain.dropout must be "),
        arguments("supernet.embedding-dropout = -0.1", "supernet.embedding-dropout must be "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void aBadSettingIsNamed(String setting, String message) throws IOException {
    assertRefused(setting, message);
  }

  @Test
  void vectorsOfAnotherWidthAreRefusedWithWhatToDo() throws IOException {
    String embeddings = "data.embeddings = \"" + folder.resolve("vectors.txt") + "\"";
    assertRefused(
        embeddings,
        "supernet.embedding-width must be 3, the length of the vectors of data.embeddings, got 8:"
            + " set it to 3",
        "retrain.embedding-width must be 3, the length of the vectors of data.embeddings, got 6:"
            + " set it to 3");
    assertRefused(
        embeddings + ", supernet.embedding-width = 3",
        "retrain.embedding-width must be 3, the length of the vectors of data.embeddings, got 6:"
            + " set it to 3");
  }

  private void assertRefused(String more, String... messages) throws IOException {
    Path output = folder.resolve("out");
    Path conf = TinyTexts.conf(folder, data, output, more);
    for (String command : List.of("validate", "run")) {
      TinyRun.Outcome refused = TinyRun.fletch(command, conf);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).hasLineCount(messages.length).contains(messages);
      assertThat(refused.errorLines()).allMatch(line -> line.startsWith("fletch: "));
      assertThat(output).doesNotExist();
    }
  }
}
