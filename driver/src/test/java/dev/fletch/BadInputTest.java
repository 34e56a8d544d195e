package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input to the real program: one line that names the file or key, the right exit code, nothing
 * started and nothing written.
 */
class BadInputTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  private Path data;
  private Path output;

  /** A sound set of 8 training and 4 test images with 4x4 pixels. */
  @BeforeEach
  void writeData() throws IOException {
    output = folder.resolve("out");
    data = Files.createDirectory(folder.resolve("data"));
    Files.write(data.resolve(TRAIN_IMAGES), images(8, 4));
    Files.write(data.resolve(TRAIN_LABELS), labels(0, 1, 2, 0, 1, 2, 0, 1));
    Files.write(data.resolve(TEST_IMAGES), images(4, 4));
    Files.write(data.resolve(TEST_LABELS), labels(2, 1, 0, 1));
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        arguments(TEST_LABELS, null, "Cannot find " + TEST_LABELS + " (or "),
        arguments(TRAIN_IMAGES, Arrays.copyOf(images(8, 4), 100), "Truncated file "),
        arguments(TEST_LABELS, labels(2, 1, 3, 1), "Label out of range in "),
        arguments(TEST_IMAGES, images(4, 5), "Image sizes differ: "),
        arguments(TRAIN_LABELS, labels(0, 1, 2), " has 8 images, but "),
        arguments(TRAIN_LABELS, images(8, 4), "Not an IDX label file: "));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("badFiles")
  void aBadFileIsNamed(String name, byte[] content, String message) throws IOException {
    Path file = data.resolve(name);
    if (content == null) {
      Files.delete(file);
    } else {
      Files.write(file, content);
    }

    assertRefused(2, List.of(message, name), "data.path = \"" + data + "\"");
  }

  static Stream<Arguments> badKeys() {
    return Stream.of(
        arguments(
            "search.weights.learning-rate = -0.1",
            "tiny.conf:15: search.weights.learning-rate must be > 0, got -0.1"),
        arguments(
            "retrain { epochs = 2, halving.rungs = [2] }",
            "tiny.conf:15: retrain.halving.rungs must be below retrain.epochs, which is 2"),
        arguments(
            "search { epochs = 3, weights.learning-rate-warm-up = 3 }",
            "tiny.conf:15: search.weights.learning-rate-warm-up must be below the number of"
                + " epochs, which is 3, got 3"),
        arguments("retrain.epoch = 3", "tiny.conf:15: unknown key retrain.epoch; did you mean"),
        arguments(
            "retrain { augmentation.hue = 0.1 }",
            "Cannot change saturation and hue of images of 1x28x28, which have no colours"),
        arguments(
            "search.batch = 600000",
            "search.batch = 600000 is too large for memory: A tensor of 4233600000 values is too"
                + " large: the limit is 1073741824; take a smaller batch"),
        arguments(
            "retrain.batch = 100000000",
            "retrain.batch = 100000000 is too large for memory: A tensor of "),
        arguments(
            "retrain.validation-portion = 0.001",
            "retrain.validation-portion 0.001 of 60 training examples leaves nothing to validate"),
        arguments(
            "data.path = \"s3a://bucket/data\"",
            "Cannot read s3a://bucket/data: the library for s3a is not on the class path"),
        arguments(
            "data.path = \"http://127.0.0.1:1/data\"",
            "Cannot read http://127.0.0.1:1/data: http has no folders; fetch the files"),
        arguments("search.batch = many", "tiny.conf:15: search.batch must be a whole number"),
        arguments(
            "retrain.candidates = [epoch-3]",
            "retrain.candidates must be epochs of the search, which are 0 to 2, got [epoch-3]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badKeys")
  void aBadKeyIsNamedWithItsLine(String line, String message) throws IOException {
    assertRefused(2, List.of(message), line);
    TinyRun.Outcome validated = TinyRun.fletch("validate", TinyRun.conf(folder, output, line));
    assertThat(validated.exitCode()).isEqualTo(2);
    assertThat(validated.err()).contains(message).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/run", "s3a://bucket/run", "http://127.0.0.1:1/run"})
  void aFolderThatCannotBeWrittenToIsFoundBeforeTheStart(String path) throws IOException {
    Path conf = TinyRun.conf(folder, path, "");

    for (String command : List.of("validate", "run")) {
      TinyRun.Outcome refused = TinyRun.fletch(command, conf);
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err())
          .startsWith("fletch: run folder ")
          .contains(path + ": cannot be ", "choose another output")
          .hasLineCount(1);
    }
  }

  @Test
  void aTrialIsRefusedForWhatARunIsRefusedFor() throws IOException {
    Path conf =
        TinyRun.conf(
            folder,
            output,
            "sweep.vary { \"search.batch\" = [8, 600000],"
                + " \"retrain.validation-portion\" = [0, 0.001] }");

    TinyRun.Outcome validated = TinyRun.fletch("validate", conf);

    assertThat(validated.exitCode()).isEqualTo(2);
    assertThat(validated.errorLines())
        .hasSize(4)
        .anyMatch(
            l ->
                l.startsWith(
                    "fletch: trial validation-portion=0,batch=600000: search.batch = 600000"))
        .anyMatch(
            l -> l.startsWith("fletch: trial validation-portion=0.001,batch=8: retrain.valid"));
    assertThat(output).doesNotExist();
    TinyRun.Outcome dry = TinyRun.fletch("sweep", conf, "--dry-run");
    assertThat(dry.exitCode()).isEqualTo(2);
    assertThat(dry.errorLines()).containsExactlyElementsOf(validated.errorLines());
    assertThat(dry.out()).contains("batch=600000: cannot be carried out");
  }

  @Test
  void aSupernetWithoutNormalCellsIsWarnedOf() throws IOException {
    String warning =
        "supernet.layers = 2 makes reduction cells only: alpha of the normal cell is never trained"
            + " and its genotype is left to chance; from 3 layers on there are both";
    Path conf = TinyRun.conf(folder, output, "supernet.layers = 2, search.epochs = 1");

    assertThat(TinyRun.fletch("validate", conf).out()).contains("warning   " + warning + "\n");
    assertThat(TinyRun.fletch("run", conf, "--dry-run").err())
        .isEqualTo("fletch: warning: " + warning + "\n");

    assertThat(TinyRun.fletch("run", conf, "--set", "retrain.candidates=[last]").exitCode())
        .isZero();
    assertThat(Files.readString(output.resolve("report/index.html")))
        .contains("No normal cell: the supernet had reduction cells only")
        .doesNotContain("<b>Normal cell</b>")
        .contains("<b>Reduction cell</b>");
  }

  @ParameterizedTest
  @MethodSource("unreachable")
  void anUnreachableFileSystemIsNamed(String line) throws IOException {
    assertRefused(3, List.of("hdfs://127.0.0.1:1/"), line);
  }

  static Stream<String> unreachable() {
    return Stream.of(
        "output = \"hdfs://127.0.0.1:1/run\"", "data.path = \"hdfs://127.0.0.1:1/data\"");
  }

  @Test
  void aForeignFolderIsLeftAlone() throws IOException {
    Path mine = Files.writeString(Files.createDirectory(output).resolve("thesis.tex"), "mine");
    TinyRun.Outcome refused = TinyRun.fletch("run", TinyRun.conf(folder, output, ""));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .hasLineCount(1)
        .contains(output.toString(), "is not empty (thesis.tex): choose another output");
    assertThat(output).isDirectoryContaining(file -> file.equals(mine));
    assertThat(new RunFiles(output).names()).containsExactly("thesis.tex");
    Files.delete(mine);
    Files.delete(output);
    Files.writeString(output, "a file");
    assertThat(TinyRun.fletch("run", TinyRun.conf(folder, output, "")).err())
        .isEqualTo("fletch: run folder file:" + output + ": is a file: choose another output\n");
  }

  @Test
  void aRunWithABrokenFileIsNotGoneOnWith() throws IOException {
    Path conf =
        TinyRun.conf(
            folder,
            output,
            "data.path = \""
                + data
                + "\", search { epochs = 1, batch = 2 }, retrain.candidates ="
                + " [last]");
    TinyRun.Outcome search = TinyRun.fletch("search", conf);
    assertThat(search.exitCode()).as(search.err()).isZero();
    RunFiles run = new RunFiles(output);
    List<String> names = run.names();

    String epochs = run.text("search/epochs.jsonl");
    Files.writeString(
        output.resolve("search/epochs.jsonl"),
        epochs.replace("\"normal\":\"", "\"normal\":\"warp_"));
    assertBroken(TinyRun.fletch("retrain", output), "search/epochs.jsonl:1", "warp_");
    assertBroken(TinyRun.fletch("report", output), "search/epochs.jsonl:1", "warp_");
    Files.writeString(output.resolve("search/epochs.jsonl"), epochs);

    Path checkpoint = output.resolve("search/checkpoint/epoch-000.ckpt");
    byte[] whole = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(whole, whole.length / 2));
    assertBroken(TinyRun.fletch("run", conf, "--resume"), "search/checkpoint", "epoch-000.ckpt");
    Files.write(checkpoint, whole);

    assertBroken(
        TinyRun.fletch("run", conf, "--resume", "--set", "search.batch=4"),
        "search.batch was 2, now 4");

    Files.writeString(output.resolve("config.conf"), "fletch { name = tiny, outp");
    assertBroken(TinyRun.fletch("report", output), output + "/config.conf");
    assertThat(run.names()).isEqualTo(names);
  }

  /** One line of failure, after at most what Spark and the search say when they start. */
  private static void assertBroken(TinyRun.Outcome outcome, String... named) {
    assertThat(outcome.exitCode()).as(outcome.err()).isIn(2, 3);
    List<String> failures =
        outcome.errorLines().stream().filter(l -> l.startsWith("fletch: ")).toList();
    assertThat(failures).as(outcome.err()).hasSize(1);
    assertThat(failures.get(0)).contains(named);
    assertThat(outcome.errorLines()).last().isEqualTo(failures.get(0));
    assertThat(outcome.err()).doesNotContain("unexpected ").doesNotContain("\tat ");
  }

  private void assertRefused(int exitCode, List<String> named, String line) throws IOException {
    TinyRun.Outcome outcome = TinyRun.fletch("run", TinyRun.conf(folder, output, line));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.err()).hasLineCount(1).startsWith("fletch: ").contains(named);
    assertThat(outcome.out()).isEmpty();
    assertThat(output).doesNotExist();
  }

  private static byte[] images(int count, int size) {
    byte[] pixels = new byte[count * size * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (37 * i);
    }
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(0x803)
        .putInt(count)
        .putInt(size)
        .putInt(size)
        .put(pixels)
        .array();
  }

  private static byte[] labels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }
}
