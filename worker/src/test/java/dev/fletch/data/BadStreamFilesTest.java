package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleTexts.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with running texts is said with file and line, all of it in one try. */
class BadStreamFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void writeSoundTexts() {
    write(folder, "train.txt", "a b c\nd a\n");
    write(folder, "valid.txt", "a b\n\n");
    write(folder, "test.txt", "c d\n");
  }

  private DataHeader header() {
    return DataSet.header(
        SampleStreams.in(folder, SampleStreams.settings(4, Windows.FIXED, Windows.FIXED, 1, 1)),
        HADOOP);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::header)
        .isInstanceOf(DataException.class)
        .hasMessage("%s", message.replace("FOLDER", "file:" + folder));
  }

  @Test
  void soundTextsAreDescribed() {
    DataHeader header = header();

    assertThat(header.train()).isEqualTo(7);
    assertThat(header.weights()).isEqualTo(7);
    assertThat(header.alpha()).isEqualTo(4);
    assertThat(header.test()).isEqualTo(3);
    assertThat(header.classNames()).isEmpty();
    assertThat(header.warnings()).isEmpty();
    assertThat(header.streams().orElseThrow().line())
        .isEqualTo(
            "vocabulary of 5; 0.0 % of the words in the training, 0.0 % in the validation and 0.0 %"
                + " in the test text are unknown");
  }

  @Test
  void emptyFilesAreNamed() {
    write(folder, "valid.txt", "");
    write(folder, "test.txt", "\n\n");

    assertRefused(
        "2 faults: Cannot use FOLDER/valid.txt: it has no words; Cannot use FOLDER/test.txt: it has"
            + " no words; mend them all");
  }

  @Test
  void aMissingTextIsNamedWithItsKey() throws Exception {
    Files.delete(folder.resolve("valid.txt"));

    assertRefused(
        "Cannot find valid.txt (or valid.txt.gz) in FOLDER: put it there, or list the files in"
            + " data.valid");
  }

  @Test
  void whatIsNoUtf8IsNamedOncePerLine() {
    SampleFiles.write(
        folder,
        "train.txt",
        "a b\nc \u00e9\u00e9 d\ne\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    SampleFiles.write(folder, "test.txt", new byte[] {'a', '\n', (byte) 0xc3});

    assertRefused(
        "3 faults: FOLDER/train.txt line 2: is no UTF-8; FOLDER/train.txt line 4: is no UTF-8;"
            + " FOLDER/test.txt line 2: is no UTF-8; mend them all");
  }

  @Test
  void brokenGzipIsNamed() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      text.append("word").append(i * 7919L % 10_007).append(i % 9 == 0 ? '\n' : ' ');
    }
    byte[] packed = SampleFiles.gzip(text.toString().getBytes(StandardCharsets.UTF_8));
    SampleFiles.write(folder, "train.txt", Arrays.copyOf(packed, packed.length / 2));
    assertThatThrownBy(this::header)
        .isInstanceOf(DataException.class)
        .message()
        .matches(
            "Truncated file file:.*/train.txt: its gzip stream breaks off after \\d+ unpacked"
                + " bytes");

    byte[] changed = packed.clone();
    changed[packed.length / 2] ^= 0x55;
    SampleFiles.write(folder, "train.txt", changed);
    assertThatThrownBy(this::header)
        .isInstanceOf(DataException.class)
        .message()
        .contains("/train.txt")
        .containsIgnoringCase("gzip")
        .hasLineCount(1);
  }

  @Test
  void aTextOfOneWordTeachesNothing() {
    write(folder, "train.txt", "<eos>\n<eos>\n");
    assertRefused("Cannot learn the next word: all 4 words of the training text are '<eos>'");

    write(folder, "train.txt", "a a a a");
    assertThat(header().streams().orElseThrow().train()).isEqualTo(5);
  }

  @Test
  void aTextMayBeOneLine() {
    write(folder, "train.txt", "one two ".repeat(500_000));

    assertThat(header().train()).isEqualTo(1_000_001);
  }

  @Test
  void aWordMayNotBeAnything() {
    write(folder, "train.txt", "a\nb " + "x".repeat(65_536) + "\nc " + "y".repeat(3_000_000));

    assertRefused(
        "FOLDER/train.txt line 3: has a word of more than 65,536 characters: words stand between"
            + " white space");
  }

  @Test
  void rowsMustHaveWords() {
    DataSettings settings = SampleStreams.in(folder, SampleStreams.SETTINGS);
    assertThat(DataSet.header(settings, HADOOP).alpha()).isEqualTo(4);
    write(folder, "short.txt", "a b");
    DataSettings tooShort =
        new DataSettings(
            new WordsFormat(),
            folder.toString(),
            List.of("train.txt"),
            List.of("test.txt"),
            0,
            0,
            valid("short.txt"));

    assertThatThrownBy(() -> DataSet.header(tooShort, HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data.evaluation-rows = 2 cuts the validation text into 2 rows, but it has 3 words:"
                + " each row must have 2 or more, so set it to at most 1");
    StreamFacts facts = header().streams().orElseThrow();
    facts.requireTrainRows("search.batch", 3, 1);
    assertThatThrownBy(() -> facts.requireTrainRows("search.batch", 2, 2))
        .hasMessage(
            "search.batch = 2 on 2 replicas cuts the training text into 4 rows, but it has 7 words:"
                + " each row must have 2 or more, so set it to at most 1");
    assertThatThrownBy(() -> facts.requireValidRows("search.batch", 3, 1))
        .hasMessageStartingWith("search.batch = 3 cuts the validation text into 3 rows, but it");
  }

  private static StreamSettings valid(String file) {
    return new StreamSettings(
        List.of(file),
        0,
        StreamSettings.KnownWords.ALL,
        1,
        0,
        4,
        Windows.FIXED,
        Windows.FIXED,
        2,
        1);
  }

  @Test
  void noFileIsOfTwoTexts() {
    DataSettings settings =
        new DataSettings(
            new WordsFormat(),
            folder.toString(),
            List.of("train.txt"),
            List.of("test.txt"),
            0,
            0,
            valid("train.txt"));
    assertThatThrownBy(() -> DataSet.header(settings, HADOOP))
        .hasMessage(
            "Cannot train on what is validated on: file:%s/train.txt would be both; take it out of"
                + " data.train, or list other files in data.valid",
            folder);

    DataSettings tested =
        new DataSettings(
            new WordsFormat(), folder.toString(), List.of(), List.of(), 0, 0, valid("test.txt"));
    assertThatThrownBy(() -> DataSet.header(tested, HADOOP))
        .hasMessageStartingWith("Cannot validate on what is tested: file:");
  }
}
