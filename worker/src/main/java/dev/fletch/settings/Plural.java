package dev.fletch.settings;

import java.util.Locale;

/** Numbers with their nouns, for people. */
public final class Plural {
  private Plural() {}

  /**
   * A number and what it counts, for example {@code 1 epoch} or {@code 1,200 steps}.
   *
   * @param noun its singular; the plural has an s, or es after an s
   */
  public static String of(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s", number, noun(number, noun));
  }

  /** The noun alone, as it stands after {@code number}. */
  public static String noun(long number, String noun) {
    if (number == 1) {
      return noun;
    }
    return noun.endsWith("s") ? noun + "es" : noun + "s";
  }
}
