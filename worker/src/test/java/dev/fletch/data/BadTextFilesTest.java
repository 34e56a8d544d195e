package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleTexts.SENTENCES;
import static dev.fletch.data.SampleTexts.settings;
import static dev.fletch.data.SampleTexts.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fletch.data.text.Tokenizer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with texts is said with file and line, all of it in one try. */
class BadTextFilesTest {
  private static final String HEADER = "sentence\tlabel\n";

  @TempDir Path folder;

  @BeforeEach
  void writeSoundTexts() {
    write(folder, "train.tsv", SampleTexts.sentences(8));
    write(folder, "test.tsv", SampleTexts.sentences(2));
  }

  private void assertRefused(TextFormat format, TextSettings text, String message) {
    assertThatThrownBy(() -> DataSet.header(settings(format, folder, text), HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage("%s", message.replace("FOLDER", "file:" + folder));
  }

  private static Stream<Arguments> broken() {
    return Stream.of(
        arguments("a\t1\tb\n", "line 2: has 3 columns, must have 2: sentence, label"),
        arguments("a\t1\n \t0\n", "line 3: has an empty text"),
        arguments("a\t\n", "line 2: has an empty label"),
        arguments("a\t2\n", "line 2: has the unknown label '2', format sst2 has 0, 1"),
        arguments("a\t1\n\n", "line 3: is empty"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenRowIsNamed(String rows, String fault) {
    write(folder, "train.tsv", HEADER + rows);

    assertRefused(new Sst2Format(), SENTENCES, "FOLDER/train.tsv " + fault);
  }

  @Test
  void oneTryNamesAllOfADataSet() {
    write(folder, "train.tsv", HEADER + "a\n\t0\nb\t7\nc\t1\n");
    write(folder, "test.tsv", HEADER + "\t0\nd\t1\n");

    assertRefused(
        new Sst2Format(),
        SENTENCES,
        "4 faults: FOLDER/train.tsv line 2: has 1 column, must have 2: sentence, label;"
            + " FOLDER/train.tsv line 3: has an empty text;"
            + " FOLDER/train.tsv line 4: has the unknown label '7', format sst2 has 0, 1;"
            + " FOLDER/test.tsv line 2: has an empty text; mend them all");
  }

  @Test
  void ofManyTheFirstTwentyAreNamed() {
    write(folder, "train.tsv", HEADER + "a\n".repeat(30));

    assertThatThrownBy(() -> DataSet.header(settings(new Sst2Format(), folder, SENTENCES), HADOOP))
        .message()
        .startsWith("30 faults: ")
        .contains("train.tsv line 21: ")
        .doesNotContain("train.tsv line 22: ")
        .endsWith("; and 10 others; mend them all")
        .hasLineCount(1);
  }

  /** Whatever is not named is counted only: a file of something else has a fault a line. */
  @Test
  void ofAnyNumberTheFirstTwentyAreKept() {
    DataFile file = new DataFile("x.tsv", () -> InputStream.nullInputStream());
    Failures faults = new Failures();
    Failures others = new Failures();
    for (int line = 1; line <= 100_000; line++) {
      faults.add(file, line, "is odd");
      others.add(file, line, "is even");
    }
    faults.addAll(others);

    assertThat(faults.count()).isEqualTo(200_000);
    assertThat(faults.text())
        .startsWith("x.tsv line 1: is odd; x.tsv line 2: is odd;")
        .endsWith("x.tsv line 20: is odd; and 199980 others");
    assertThat(faults).extracting("named").asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(20);
  }

  @Test
  void aLabelThatTrainingHasNotIsUnknown() {
    TextSettings text = new TextSettings("sentence", "label", Tokenizer.WORDS, 9, 1, 0, "");
    write(folder, "train.tsv", HEADER + "a\tgood\nb\tbad\n");
    write(folder, "test.tsv", HEADER + "a\tgood\nb\tugly\n");
    assertRefused(
        new TableFormat(),
        text,
        "FOLDER/test.tsv line 3: has the unknown label 'ugly', the training set has bad, good");

    write(folder, "train.tsv", HEADER + "a\tgood\nb\n"); // where ugly may have been
    assertRefused(
        new TableFormat(),
        text,
        "FOLDER/train.tsv line 3: has 1 column, must have 2: sentence, label");
  }

  @Test
  void aFileWithOtherLabelsHasOneFault() {
    TextSettings text = new TextSettings("sentence", "label", Tokenizer.WORDS, 9, 1, 0, "");
    write(folder, "train.tsv", HEADER + "a\tn\nb\tp\n");
    write(folder, "test.tsv", HEADER + "a\t1\nb\t0\n".repeat(1500));
    assertRefused(
        new TableFormat(),
        text,
        "FOLDER/test.tsv: all 3,000 rows, the first in line 2, have unknown labels (1, 0), the"
            + " training set has n, p");

    StringBuilder rows = new StringBuilder(HEADER + "a\tn\nb\tp\n");
    for (int i = 0; i < 1200; i++) {
      rows.append("a\tx").append(i).append('\n');
    }
    write(folder, "test.tsv", rows.toString());
    assertRefused(
        new TableFormat(),
        text,
        "FOLDER/test.tsv: 1,200 of 1,202 rows, the first in line 4, have unknown labels (x0, x1,"
            + " x2, x3, x4, x5, x6, x7, x8, x9 and 1,190 others), the training set has n, p");
  }

  @Test
  void aMissingColumnIsSaidWithThoseThatAreThere() {
    write(folder, "train.tsv", "index\tsentence\n0\ta\n");

    assertRefused(
        new Sst2Format(),
        SENTENCES,
        "FOLDER/train.tsv line 1: has no column 'label', its columns are index, sentence: set"
            + " data.label-column");
  }

  @Test
  void filesWithoutExamplesAreNamed() {
    write(folder, "train.tsv", HEADER);
    write(folder, "test.tsv", "");

    assertRefused(
        new Sst2Format(),
        SENTENCES,
        "2 faults: Cannot use FOLDER/train.tsv: it has no examples; FOLDER/test.tsv line 1: is"
            + " empty: it must name the columns; mend them all");
  }

  @Test
  void oneClassIsRefused() {
    write(folder, "train.tsv", HEADER + "a\t1\nb\t1\n");

    assertRefused(
        new Sst2Format(),
        SENTENCES,
        "Cannot search or train on one class: all 2 training examples are of class positive");

    write(folder, "test.tsv", HEADER + "a\t0\nb\t1\n");
    TextSettings text = new TextSettings("sentence", "label", Tokenizer.WORDS, 9, 1, 0, "");
    assertRefused(
        new TableFormat(),
        text,
        "Cannot search or train on one class: all 2 training examples are of class 1");
  }

  @Test
  void brokenGzipIsNamed() {
    byte[] packed = SampleFiles.gzip(SampleTexts.sentences(3000).getBytes(StandardCharsets.UTF_8));
    SampleFiles.write(folder, "train.tsv", Arrays.copyOf(packed, packed.length / 2));
    assertThatThrownBy(() -> DataSet.header(settings(new Sst2Format(), folder, SENTENCES), HADOOP))
        .isInstanceOf(DataException.class)
        .message()
        .matches(
            "Truncated file file:.*/train.tsv: its gzip stream breaks off after \\d+ unpacked"
                + " bytes");

    packed[packed.length / 2] ^= 0x55;
    SampleFiles.write(folder, "train.tsv", packed);
    assertThatThrownBy(() -> DataSet.header(settings(new Sst2Format(), folder, SENTENCES), HADOOP))
        .isInstanceOf(DataException.class)
        .message()
        .contains("/train.tsv")
        .containsIgnoringCase("gzip");
  }

  @Test
  void vectorsAreCheckedToo() {
    String file = folder.resolve("vectors").toString();
    TextSettings text = new TextSettings("sentence", "label", Tokenizer.SPACES, 5, 1, 0, file);
    assertThatThrownBy(() -> DataSet.header(settings(new Sst2Format(), folder, text), HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Cannot find the file " + file);

    write(folder, "vectors", "so 1 2\nw1 3\nw2 4 5\nw3 6 x\n");
    assertRefused(
        new Sst2Format(),
        text,
        "2 faults: FILE line 2: has 1 number behind its word, the first line has 2; FILE line 4:"
                .replace("FILE", file)
            + " has 'x' for a number; mend them all");

    write(folder, "vectors", "1 2\nelse 1 2\n");
    assertRefused(
        new Sst2Format(),
        text,
        "Cannot use " + file + ": it has a vector for none of the words of the training texts");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Files.delete(folder.resolve("test.tsv"));

    assertRefused(
        new Sst2Format(),
        SENTENCES,
        "Cannot find test.tsv (or test.tsv.gz) in FOLDER: put it there, or list the files in"
            + " data.test");
  }
}
