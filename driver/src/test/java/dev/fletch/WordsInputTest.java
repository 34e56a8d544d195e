package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Running texts that no run can use: one line, and nothing started or written. */
class WordsInputTest {
  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void write() throws IOException {
    data = TinyWords.write(folder.resolve("data"));
  }

  @Test
  void anEmptyFileIsNamed() throws IOException {
    Files.writeString(data.resolve("train.txt"), "");
    assertRefused("", "Cannot use file:" + data + "/train.txt: it has no words");
    Files.writeString(data.resolve("train.txt"), " \n\t\n\n");
    assertRefused("", "Cannot use file:" + data + "/train.txt: it has no words");
  }

  @Test
  void aTextThatIsMissingIsAskedFor() throws IOException {
    Files.delete(data.resolve("valid.txt"));
    assertRefused(
        "",
        "Cannot find valid.txt (or valid.txt.gz) in file:"
            + data
            + ": put it there, or list the files in data.valid");
    Files.delete(data.resolve("train.txt"));
    assertRefused("", "Cannot find train.txt (or train.txt.gz) in file:" + data);
  }

  @Test
  void oneDistinctWordCannotBeLearned() throws IOException {
    for (String name : List.of("train.txt", "valid.txt", "test.txt")) {
      Files.writeString(data.resolve(name), "<eos>\n".repeat(40));
    }
    assertRefused("", "Cannot learn the next word: all 80 words of the training text are '<eos>'");
  }

  @Test
  void fewerWordsThanRowsAreRefusedForEachPhase() throws IOException {
    Files.writeString(data.resolve("train.txt"), "a b c\n");
    assertRefused(
        "retrain { batch = 1, replicas = 1 }",
        "search.batch = 3 on 2 replicas cuts the training text into 6 rows, but it has 4 words:"
            + " each row must have 2 or more, so set it to at most 1");
    assertRefused(
        "search { batch = 1, replicas = 1 }",
        "retrain.batch = 3 on 2 replicas cuts the training text into 6 rows, but it has 4 words:"
            + " each row must have 2 or more, so set it to at most 1");
    assertRefused(
        "search { batch = 1, replicas = 1 }, retrain { batch = 1, replicas = 1 }, data.test-rows = 2000",
        "data.test-rows = 2000 cuts the test text into 2000 rows, but it has ");
  }

  /** Of two words and the line's end. */
  @Test
  void aLineMayHaveAMillionWords() throws IOException {
    Files.writeString(data.resolve("train.txt"), "tick tock ".repeat(500_000));
    Files.writeString(data.resolve("valid.txt"), "tick tock tick tock tick tock tick tock");
    Files.writeString(data.resolve("test.txt"), "tick tock tick tock tick");
    RunFiles run = new RunFiles(folder.resolve("out"));
    Path conf =
        TinyWords.conf(
            folder,
            data,
            run.root(),
            "data.bptt = 100, retrain { candidates = [baseline-tanh], epochs = 1, batch = 500 }");

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode texts = run.json("manifest.json").at("/data/texts");
    assertThat(texts.get("train").asInt()).isEqualTo(1_000_001);
    assertThat(texts.get("vocabulary").asInt()).isEqualTo(3);
    assertThat(
            run.json("retrain/baseline-tanh/seed-0/result.json").get("testPerplexity").asDouble())
        .isBetween(1.0, 1000.0);
  }

  private void assertRefused(String more, String message) throws IOException {
    Path output = folder.resolve("out");
    Path conf = TinyWords.conf(folder, data, output, more);
    for (String command : List.of("validate", "run", "search")) {
      TinyRun.Outcome refused = TinyRun.fletch(command, conf);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).hasLineCount(1).startsWith("fletch: ").contains(message);
      assertThat(output).doesNotExist();
    }
  }
}
