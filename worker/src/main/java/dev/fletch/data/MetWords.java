package dev.fletch.data;

import dev.fletch.data.text.StreamVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All words of some texts, numbered in the order in which they are met, and which are known. */
final class MetWords {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> words = new ArrayList<>();

  /** Of a word, which may be a new one. */
  int number(String word) {
    Integer number = numbers.get(word);
    if (number == null) {
      number = words.size();
      numbers.put(word, number);
      words.add(word);
    }
    return number;
  }

  int size() {
    return words.size();
  }

  String word(int number) {
    return words.get(number);
  }

  /** How often every word occurs in {@code text}. */
  int[] counts(int[] text) {
    int[] counts = new int[words.size()];
    for (int word : text) {
      counts[word]++;
    }
    return counts;
  }

  /**
   * Makes all words known, by the numbers that they have.
   *
   * @param train numbers of the words of the training text
   */
  StreamVocabulary all(int[] train) {
    return new StreamVocabulary(words, Arrays.stream(counts(train)).boxed().toList());
  }

  /**
   * Makes the frequent words of the training text known, numbered in the order in which they are
   * met there, and puts {@link StreamVocabulary#UNKNOWN} in the place of all others. Changes the
   * numbers in all texts to those of the vocabulary.
   *
   * @param train numbers of the words of the training text
   * @param others the other texts
   * @param minCount words that the training text has less often are unknown
   * @param most how many words are known at most, of equally frequent ones those met first; 0: any
   *     number
   */
  StreamVocabulary frequent(int[] train, List<int[]> others, int minCount, int most) {
    int unknown = number(StreamVocabulary.UNKNOWN);
    boolean[] known = known(counts(train), minCount, most);
    int[] renumbered = new int[words.size()];
    Arrays.fill(renumbered, -1);
    List<String> inOrder = new ArrayList<>();
    List<int[]> texts = new ArrayList<>(List.of(train));
    texts.addAll(others); // behind the training text, only the unknown word can be new
    for (int[] text : texts) {
      for (int i = 0; i < text.length; i++) {
        int word = known[text[i]] ? text[i] : unknown;
        if (renumbered[word] < 0) {
          renumbered[word] = inOrder.size();
          inOrder.add(words.get(word));
        }
        text[i] = renumbered[word];
      }
    }
    int[] counts = new int[inOrder.size()];
    for (int word : train) {
      counts[word]++;
    }
    return new StreamVocabulary(inOrder, Arrays.stream(counts).boxed().toList());
  }

  private boolean[] known(int[] counts, int minCount, int most) {
    boolean[] known = new boolean[words.size()];
    IntStream.range(0, known.length)
        .filter(word -> counts[word] >= minCount && !isMark(word))
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(word -> counts[word]).reversed()) // stable
        .limit(most == 0 ? Long.MAX_VALUE : most)
        .forEach(word -> known[word] = true);
    for (int word = 0; word < known.length; word++) {
      known[word] |= isMark(word);
    }
    return known;
  }

  private boolean isMark(int word) {
    return words.get(word).equals(StreamVocabulary.END_OF_LINE)
        || words.get(word).equals(StreamVocabulary.UNKNOWN);
  }
}
