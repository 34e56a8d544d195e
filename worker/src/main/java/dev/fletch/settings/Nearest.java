package dev.fletch.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Guesses which name a misspelt one meant. Case, hyphens and underscores count for nothing: {@code
 * learningRate} is {@code learning-rate}.
 */
public final class Nearest {
  private Nearest() {}

  /** The name with the fewest edits, if at most a third of it differs. */
  public static Optional<String> to(String word, Collection<String> names) {
    return names.stream().min(byEdits(word)).filter(name -> isNear(name, word));
  }

  /** Names with fewer edits from {@code word} first. */
  public static Comparator<String> byEdits(String word) {
    return Comparator.comparingInt(name -> edits(word, name));
  }

  private static boolean isNear(String a, String b) {
    return edits(a, b) <= Math.max(1, Math.min(a.length(), b.length()) / 3);
  }

  /** Levenshtein distance. */
  private static int edits(String first, String second) {
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
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }
}
