package dev.fletch.data.text;

import java.util.List;
import java.util.Set;

/**
 * Cuts what stands between white space into words and punctuation. Hyphens and apostrophes within a
 * word stay, so do points and commas within numbers, initials and a few abbreviations; contractions
 * are two words, as in the Penn Treebank, whose brackets ({@code -lrb-}), quotes and dots of
 * several signs are one word each.
 */
final class WordScanner {
  private static final List<String> CONTRACTIONS =
      List.of("n't", "'s", "'m", "'d", "'re", "'ve", "'ll");

  private static final Set<String> ABBREVIATIONS =
      Set.of("mr", "mrs", "ms", "dr", "prof", "jr", "sr", "st", "vs", "etc", "inc", "co", "bros");

  private static final List<String> BRACKETS =
      List.of("-lrb-", "-rrb-", "-lsb-", "-rsb-", "-lcb-", "-rcb-");

  private static final String REPEATED = ".-`'";

  private final String text;
  private final List<String> words;
  private int at;

  private WordScanner(String text, List<String> words) {
    this.text = text;
    this.words = words;
  }

  /**
   * Adds the words of {@code part} to {@code words}.
   *
   * @param part in lower case, without white space
   */
  static void add(String part, List<String> words) {
    String plain = part.replace('\u2019', '\'').replace('\u2018', '\'');
    WordScanner scanner = new WordScanner(plain, words);
    while (scanner.at < plain.length()) {
      scanner.next();
    }
  }

  private void next() {
    if (isOfWord(at)) {
      word();
    } else if (!whole(BRACKETS) && !whole(CONTRACTIONS)) {
      sign();
    }
  }

  /** Takes one of {@code forms} that stands here, before anything but a letter or digit. */
  private boolean whole(List<String> forms) {
    for (String form : forms) {
      if (text.startsWith(form, at) && !isOfWord(at + form.length())) {
        take(at + form.length());
        return true;
      }
    }
    return false;
  }

  private void sign() {
    char sign = text.charAt(at);
    int end = at + Character.charCount(text.codePointAt(at));
    if (REPEATED.indexOf(sign) >= 0) {
      while (end < text.length() && text.charAt(end) == sign) {
        end++;
      }
      if (end - at > 1) {
        words.add(sign == '.' ? "..." : String.valueOf(sign).repeat(2)); // of any length
        at = end;
        return;
      }
    }
    take(end);
  }

  private void word() {
    int end = wordEnd(at);
    if (end < text.length() && text.charAt(end) == '.') {
      int afterInitials = afterInitials(at);
      if (afterInitials > end) {
        take(afterInitials);
        return;
      }
      if (ABBREVIATIONS.contains(text.substring(at, end))) {
        take(end + 1);
        return;
      }
    }
    for (String contraction : CONTRACTIONS) {
      int apart = end - contraction.length();
      if (apart > at && text.startsWith(contraction, apart)) {
        take(apart);
        take(end);
        return;
      }
    }
    take(end);
  }

  private int wordEnd(int from) {
    int end = from;
    while (isOfWord(end) || joins(end)) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  /** Whether the sign there, behind a letter or digit, holds two parts of one word together. */
  private boolean joins(int sign) {
    if (sign >= text.length() || !isOfWord(sign + 1)) {
      return false;
    }
    return switch (text.charAt(sign)) {
      case '-', '\'', '&' -> true;
      case '.', ',', ':', '/' ->
          Character.isDigit(text.charAt(sign - 1)) && Character.isDigit(text.charAt(sign + 1));
      default -> false;
    };
  }

  /**
   * The end of initials, such as {@code u.s.} or {@code j.}, or where they would begin if there are
   * none: {@code a.} and {@code i.} are words at the end of a sentence.
   */
  private int afterInitials(int from) {
    int end = from;
    while (end + 1 < text.length()
        && Character.isLetter(text.charAt(end))
        && text.charAt(end + 1) == '.') {
      end += 2;
    }
    boolean isWord = end - from == 2 && "ai".indexOf(text.charAt(from)) >= 0;
    return isWord || isOfWord(end) ? from : end;
  }

  private boolean isOfWord(int index) {
    if (index >= text.length()) {
      return false;
    }
    int sign = text.codePointAt(index);
    return Character.isLetterOrDigit(sign) || isMark(Character.getType(sign));
  }

  /** Accents and such that are written as signs of their own. */
  private static boolean isMark(int type) {
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private void take(int end) {
    words.add(text.substring(at, end));
    at = end;
  }
}
