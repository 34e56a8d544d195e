package dev.fletch.data;

import dev.fletch.data.text.Tokenizer;
import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * How texts become words, and words numbers.
 *
 * @param textColumn the column, or the field of JSON, that has the texts
 * @param labelColumn the column, or the field of JSON, that has the labels
 * @param tokenizer what the words of a text are
 * @param maxLength words of the longest text; of longer ones the first so many are kept
 * @param minCount words that the training texts have less often are unknown
 * @param maxVocabulary how many words are known at most, the most frequent ones; 0: any number
 * @param embeddings file of word vectors as GloVe or word2vec have them, on any Hadoop file system,
 *     from which the embedding of the words starts; empty: from random numbers
 */
public record TextSettings(
    String textColumn,
    String labelColumn,
    Tokenizer tokenizer,
    int maxLength,
    int minCount,
    int maxVocabulary,
    String embeddings)
    implements Serializable {
  /** What stands in the settings of data that have no texts; no settings of texts equal it. */
  public static final TextSettings NONE = new TextSettings("", "", Tokenizer.SPACES, 0, 0, 0, "");

  public TextSettings {
    boolean isNone =
        (textColumn + labelColumn + embeddings).isEmpty()
            && tokenizer == Tokenizer.SPACES
            && maxLength == 0
            && minCount == 0
            && maxVocabulary == 0;
    if (!isNone) {
      check(textColumn, labelColumn, maxLength, minCount, maxVocabulary);
    }
  }

  private static void check(
      String textColumn, String labelColumn, int maxLength, int minCount, int maxVocabulary) {
    new Checks()
        .require("text-column", !textColumn.isBlank(), "must name a column")
        .require("label-column", !labelColumn.isBlank(), "must name a column")
        .require(
            "label-column",
            !labelColumn.equals(textColumn),
            "must be another one than text-column, got " + labelColumn,
            "text-column")
        .atLeast("max-length", maxLength, 1)
        .atLeast("min-count", minCount, 1)
        .atLeast("max-vocabulary", maxVocabulary, 0)
        .orThrow();
  }
}
