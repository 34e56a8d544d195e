package dev.fletch.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** What the words of a text are. */
public enum Tokenizer {
  /**
   * In lower case, punctuation apart, contractions in two as in the Penn Treebank: {@code Don't!}
   * is {@code do n't !}.
   */
  WORDS(WordScanner::add),
  /** What stands between white space, as it is: for texts that have been cut into words before. */
  SPACES((part, words) -> words.add(part));

  private final BiConsumer<String, List<String>> cut;

  Tokenizer(BiConsumer<String, List<String>> cut) {
    this.cut = cut;
  }

  /** The words of {@code text}, in order; none has white space in it. */
  public List<String> words(String text) {
    String plain = this == WORDS ? text.toLowerCase(Locale.ROOT) : text;
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= plain.length(); at++) {
      if (at == plain.length() || isSpace(plain.charAt(at))) {
        if (at > from) {
          cut.accept(plain.substring(from, at), words);
        }
        from = at + 1;
      }
    }
    return words;
  }

  /** White space of any kind, such as that which never breaks; none lies beyond 16 bits. */
  static boolean isSpace(char c) {
    boolean isPlain = c > ' ' && c <= '~'; // nearly all there are, told fast
    return !isPlain && (Character.isWhitespace(c) || Character.isSpaceChar(c));
  }
}
