package dev.fletch.data.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words that a network knows, each by its number. Number 0 is the word for padding, which no
 * text has, number 1 stands for every word that is not known; then come words by how often they
 * occur, equally frequent ones by the alphabet.
 */
public final class Vocabulary implements NumberedWords {
  public static final int PADDING = 0;
  public static final int UNKNOWN = 1;

  /** How the first two are written; in a text, they are unknown words. */
  private static final List<String> WITHOUT_WORD = List.of("<pad>", "<unk>");

  private final List<String> words;
  private final List<Integer> counts;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * @param words in order of their numbers, those for padding and for unknown words first
   * @param counts how often each occurs
   * @throws IllegalArgumentException if these are no words of a vocabulary
   */
  public Vocabulary(List<String> words, List<Integer> counts) {
    this.words = List.copyOf(words);
    this.counts = List.copyOf(counts);
    if (words.size() != counts.size()
        || words.size() < WITHOUT_WORD.size()
        || !words.subList(0, WITHOUT_WORD.size()).equals(WITHOUT_WORD)) {
      throw new IllegalArgumentException(
          "a vocabulary begins with %s and counts every word, got %d words from %s on and %d counts"
              .formatted(
                  WITHOUT_WORD,
                  words.size(),
                  words.subList(0, Math.min(words.size(), WITHOUT_WORD.size())),
                  counts.size()));
    }
    for (int number = WITHOUT_WORD.size(); number < words.size(); number++) {
      if (numbers.put(words.get(number), number) != null) {
        throw new IllegalArgumentException(
            "a vocabulary has every word once, got '" + words.get(number) + "' twice");
      }
    }
  }

  /**
   * The most frequent words.
   *
   * @param counts how often every word occurs
   * @param minCount words that occur less often are unknown
   * @param most how many words there are beside those for padding and for unknown ones; 0: any
   *     number
   */
  public static Vocabulary of(Map<String, Integer> counts, int minCount, int most) {
    List<String> frequent =
        counts.keySet().stream()
            .filter(word -> counts.get(word) >= minCount && !WITHOUT_WORD.contains(word))
            .sorted(Comparator.<String>comparingInt(counts::get).reversed().thenComparing(w -> w))
            .limit(most == 0 ? Long.MAX_VALUE : most)
            .toList();
    List<String> words = new ArrayList<>(WITHOUT_WORD);
    words.addAll(frequent);
    List<Integer> known = new ArrayList<>(frequent.stream().map(counts::get).toList());
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    known.add(0, all - known.stream().mapToInt(Integer::intValue).sum()); // of the unknown word
    known.add(0, 0);
    return new Vocabulary(words, known);
  }

  /** How many numbers there are, those for padding and for unknown words included. */
  public int size() {
    return words.size();
  }

  /** Of a word as it stands in a text. */
  public int number(String word) {
    return numbers.getOrDefault(word, UNKNOWN);
  }

  @Override
  public List<String> words() {
    return words;
  }

  @Override
  public List<Integer> counts() {
    return counts;
  }
}
