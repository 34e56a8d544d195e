package dev.fletch.data.text;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is put in the place of signs of a file format before texts are cut into words: parts first,
 * in the order of the alphabet, then words.
 *
 * @param parts what is replaced wherever it stands, as it is written
 * @param words what is replaced where it stands alone between white space, in any case; written in
 *     lower case here
 */
public record Replacements(Map<String, String> parts, Map<String, String> words) {
  public static final Replacements NONE = new Replacements(Map.of(), Map.of());

  public Replacements {
    parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    words = Collections.unmodifiableMap(new TreeMap<>(words));
  }

  /** The text that {@code written} stands for; where words are replaced, with single spaces. */
  public String apply(String written) {
    String text = written;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      text = text.replace(part.getKey(), part.getValue());
    }
    return words.isEmpty()
        ? text
        : Tokenizer.SPACES.words(text).stream()
            .map(word -> words.getOrDefault(word.toLowerCase(Locale.ROOT), word))
            .collect(Collectors.joining(" "));
  }
}
