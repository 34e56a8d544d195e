package dev.fletch.data.text;

import java.util.HashSet;
import java.util.List;

/**
 * The words that a language model knows, numbered in the order in which they are met first. There
 * is no padding; lines end with a word of their own, and where words are unknown another one stands
 * for them.
 *
 * @param words in order of their numbers, from 0
 * @param counts how often each occurs in the training text
 */
public record StreamVocabulary(List<String> words, List<Integer> counts) implements NumberedWords {
  /** The word at the end of every line. */
  public static final String END_OF_LINE = "<eos>";

  /** The word that stands for every word that is not known. */
  public static final String UNKNOWN = "<unk>";

  public StreamVocabulary {
    words = List.copyOf(words);
    counts = List.copyOf(counts);
    if (words.size() != counts.size() || new HashSet<>(words).size() != words.size()) {
      throw new IllegalArgumentException(
          "a vocabulary has every word once and counts it, got %d words, %d of them different, and"
                  .formatted(words.size(), new HashSet<>(words).size())
              + " %d counts".formatted(counts.size()));
    }
  }

  /** How many words there are. */
  public int size() {
    return words.size();
  }
}
