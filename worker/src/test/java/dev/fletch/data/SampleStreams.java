package dev.fletch.data;

import dev.fletch.data.StreamSettings.KnownWords;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small streams of words in a folder of a test. */
final class SampleStreams {
  static final StreamSettings SETTINGS = settings(4, Windows.FIXED, Windows.FIXED, 2, 1);

  private SampleStreams() {}

  static StreamSettings settings(
      int bptt, Windows search, Windows retrain, int evaluationRows, int testRows) {
    return new StreamSettings(
        List.of(), 0, KnownWords.ALL, 1, 0, bptt, search, retrain, evaluationRows, testRows);
  }

  static StreamSettings ofTrain(int minCount, int maxVocabulary) {
    return new StreamSettings(
        List.of(),
        0,
        KnownWords.TRAIN,
        minCount,
        maxVocabulary,
        4,
        Windows.FIXED,
        Windows.FIXED,
        1,
        1);
  }

  static DataSettings in(Path folder, StreamSettings settings) {
    return new DataSettings(
        new WordsFormat(), folder.toString(), List.of(), List.of(), 0, 0, settings);
  }

  /** Texts in which every word occurs once: the number of a word is its place. */
  static void write(Path folder, int train, int valid, int test) {
    SampleTexts.write(folder, "train.txt", words(0, train));
    SampleTexts.write(folder, "valid.txt", words(train, valid));
    SampleTexts.write(folder, "test.txt", words(train + valid, test));
  }

  /** The last word of each text is the end of its line, as everywhere. */
  private static String words(int from, int count) {
    return IntStream.range(from, from + count - 1)
        .mapToObj(i -> "w" + i)
        .collect(Collectors.joining(" "));
  }
}
