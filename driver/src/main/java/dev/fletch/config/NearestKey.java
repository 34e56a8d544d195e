package dev.fletch.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody who wrote an unknown key probably meant. */
final class NearestKey {
  private final Set<String> paths;

  /**
   * @param paths every key there is, with its section
   */
  NearestKey(Set<String> paths) {
    this.paths = paths;
  }

  /**
   * The second half of a sentence.
   *
   * @param section path of the section the unknown {@code key} was found in; empty for the root
   * @param siblings the keys that section has
   */
  String advice(String section, String key, Collection<String> siblings) {
    String prefix = section.isEmpty() ? "" : section + ".";
    Optional<String> sibling = among(siblings, key);
    Optional<String> elsewhere =
        paths.stream().filter(p -> lastOf(p).equals(key)).min(byDistance(prefix + key));
    return sibling
        .map(s -> prefix + s)
        .or(() -> elsewhere)
        .map(meant -> "did you mean " + meant + "?")
        .orElse(
            (section.isEmpty() ? "known here: " : section + " has ") + String.join(", ", siblings));
  }

  /** Which of {@code options} was probably meant by {@code word}, if any is near. */
  static Optional<String> among(Collection<String> options, String word) {
    return options.stream().min(byDistance(word)).filter(o -> isNear(o, word));
  }

  private static Comparator<String> byDistance(String key) {
    return Comparator.comparingInt(s -> distance(s, key));
  }

  private static boolean isNear(String a, String b) {
    return distance(a, b) <= Math.max(1, Math.min(a.length(), b.length()) / 3);
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /**
   * Levenshtein distance, blind to case, hyphens and underscores: {@code learningRate} is {@code
   * learning-rate}.
   */
  static int distance(String first, String second) {
    String a = plain(first);
    String b = plain(second);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }
}
