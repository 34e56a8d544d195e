package dev.fletch.data.text;

import java.util.List;
import java.util.Optional;

/** Words that a network knows, each by its number. */
public interface NumberedWords {
  /** In order of their numbers. */
  List<String> words();

  /** How often each occurs in the training texts, in order of their numbers. */
  List<Integer> counts();

  /**
   * What distinguishes {@code other} from this: nothing if its words have the same numbers and
   * counts, else the first difference, as {@code word 17 is 'film' there, 'movie' here}.
   */
  default Optional<String> difference(NumberedWords other) {
    if (words().equals(other.words()) && counts().equals(other.counts())) {
      return Optional.empty();
    }
    int here = words().size();
    int there = other.words().size();
    for (int number = 0; number < Math.min(here, there); number++) {
      String word = words().get(number);
      if (!word.equals(other.words().get(number))) {
        return Optional.of(
            "word %d is '%s' there, '%s' here".formatted(number, other.words().get(number), word));
      }
      if (!counts().get(number).equals(other.counts().get(number))) {
        return Optional.of(
            "word %d, '%s', occurs %d times there, %d times here"
                .formatted(number, word, other.counts().get(number), counts().get(number)));
      }
    }
    return Optional.of("%d words there, %d here".formatted(there, here));
  }
}
