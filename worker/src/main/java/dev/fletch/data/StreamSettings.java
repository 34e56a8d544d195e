package dev.fletch.data;

import dev.fletch.settings.Checks;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How texts become streams of words, and how streams are read.
 *
 * @param valid explicit validation files, as {@code train} and {@code test} of {@link DataSettings}
 * @param validLimit use only the first so many words of the validation text; 0 uses all
 * @param vocabulary which texts' words are known
 * @param minCount words that the training text has less often are unknown
 * @param maxVocabulary how many words are known at most, the most frequent ones, beside those for
 *     ends of lines and for unknown words; 0: any number
 * @param bptt words of a row that a step reads as a rule, through which gradients flow back
 * @param searchWindows how many words the steps of a search read
 * @param retrainWindows how many words the steps of a training from scratch read
 * @param evaluationRows rows into which a text is cut to be evaluated
 * @param testRows the same of the test text
 */
public record StreamSettings(
    List<String> valid,
    int validLimit,
    KnownWords vocabulary,
    int minCount,
    int maxVocabulary,
    int bptt,
    Windows searchWindows,
    Windows retrainWindows,
    int evaluationRows,
    int testRows)
    implements Serializable {
  /** What stands in the settings of data that are no streams; no settings of streams equal it. */
  public static final StreamSettings NONE =
      new StreamSettings(List.of(), 0, KnownWords.ALL, 0, 0, 0, Windows.FIXED, Windows.FIXED, 0, 0);

  /** Whose words are known. */
  public enum KnownWords {
    /** All words of all texts, as quark0/darts has them. */
    ALL,
    /** Those of the training text that are frequent enough. */
    TRAIN
  }

  public StreamSettings {
    valid = List.copyOf(valid);
    boolean all = vocabulary == KnownWords.ALL;
    boolean isNone =
        valid.isEmpty()
            && all
            && searchWindows == Windows.FIXED
            && retrainWindows == Windows.FIXED
            && IntStream.of(validLimit, minCount, maxVocabulary, bptt, evaluationRows, testRows)
                .allMatch(value -> value == 0);
    if (!isNone) {
      new Checks()
          .atLeast("valid-limit", validLimit, 0)
          .atLeast("min-count", minCount, 1)
          .atLeast("max-vocabulary", maxVocabulary, 0)
          .require("min-count", !all || minCount <= 1, ofAll(1, minCount), "vocabulary")
          .require(
              "max-vocabulary", !all || maxVocabulary <= 0, ofAll(0, maxVocabulary), "vocabulary")
          .atLeast("bptt", bptt, 1)
          .atLeast("evaluation-rows", evaluationRows, 1)
          .atLeast("test-rows", testRows, 1)
          .orThrow();
    }
  }

  private static String ofAll(int all, int value) {
    return "must be %d with vocabulary = all, where every word is known, got %d: set vocabulary = train"
        .formatted(all, value);
  }

  /** These settings, but for how streams are read once their words are known. */
  StreamSettings ofContent() {
    return equals(NONE)
        ? this
        : new StreamSettings(
            valid,
            validLimit,
            vocabulary,
            minCount,
            maxVocabulary,
            1,
            Windows.FIXED,
            Windows.FIXED,
            1,
            1);
  }

  /** How many words the training steps of a portion read as a rule and at most. */
  Windows windows(Portion portion) {
    return switch (portion) {
      case WEIGHTS -> searchWindows;
      case FIT, TRAIN -> retrainWindows;
      case ALPHA, VALIDATION, TEST -> Windows.FIXED;
    };
  }

  /** Rows into which the text of a portion is cut to be evaluated. */
  int evaluationRows(Portion portion) {
    return portion == Portion.TEST ? testRows : evaluationRows;
  }
}
