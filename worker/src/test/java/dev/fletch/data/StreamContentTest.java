package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleTexts.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the content of streams is: their words within limits, and their checksum. */
class StreamContentTest {
  @TempDir Path folder;

  private StreamExamples open(StreamSettings settings, long seed) {
    return StreamExamples.open(
        SampleStreams.in(folder, settings), AugmentationSettings.NONE, seed, HADOOP);
  }

  @Test
  void theChecksumIsThatOfWordsAndTheirNumbers() {
    write(folder, "train.txt", "a b c\n");
    write(folder, "valid.txt", "a\n");
    write(folder, "test.txt", "b\n");
    StreamSettings settings = SampleStreams.settings(4, Windows.FIXED, Windows.FIXED, 1, 1);
    String before = open(settings, 1).checksum();

    assertThat(before).matches("[0-9a-f]{64}");
    assertThat(open(SampleStreams.settings(9, Windows.VARIED, Windows.HALVED, 1, 1), 2).checksum())
        .isEqualTo(before);
    for (List<String> other :
        List.of(
            List.of("a b d\n", "a\n", "b\n"),
            List.of("a b c\n", "b\n", "b\n"),
            List.of("a b c\n", "a\n", "a\n"),
            List.of("a b\nc\n", "a\n", "b\n"))) {
      Path place = folder.resolve("other" + Math.abs(other.hashCode()));
      place.toFile().mkdir();
      write(place, "train.txt", other.get(0));
      write(place, "valid.txt", other.get(1));
      write(place, "test.txt", other.get(2));
      assertThat(
              DataSet.open(SampleStreams.in(place, settings), AugmentationSettings.NONE, 1, HADOOP)
                  .checksum())
          .as(Arrays.toString(other.toArray()))
          .isNotEqualTo(before);
    }
  }

  /**
   * The first words that are read are those of the files, whatever comes behind them; that counts
   * as known all the same, so that a perplexity is of the whole vocabulary.
   */
  @Test
  void limitsCountWordsFromTheBeginning() {
    write(folder, "train.txt", "a b\nc d e\n");
    write(folder, "valid.txt", "e f\n");
    write(folder, "test.txt", "a g h\n");
    StreamSettings valid =
        new StreamSettings(
            List.of(),
            2,
            StreamSettings.KnownWords.ALL,
            1,
            0,
            4,
            Windows.FIXED,
            Windows.FIXED,
            1,
            1);
    DataSettings settings =
        new DataSettings(new WordsFormat(), folder.toString(), List.of(), List.of(), 4, 3, valid);
    StreamExamples examples = StreamExamples.open(settings, AugmentationSettings.NONE, 1, HADOOP);

    assertThat(examples.vocabulary().words())
        .containsExactly("a", "b", "<eos>", "c", "d", "e", "f", "g", "h");
    assertThat(examples.size(Portion.WEIGHTS)).isEqualTo(4);
    assertThat(examples.size(Portion.ALPHA)).isEqualTo(2);
    assertThat(examples.size(Portion.TEST)).isEqualTo(3);
    assertThat(DataSet.header(settings, HADOOP).warnings())
        .containsExactly(
            "5 of 9 words occur in the validation or test text only, or behind data.train-limit, so"
                + " that they stay as they were drawn: data.vocabulary = train makes them unknown"
                + " ones");
  }
}
