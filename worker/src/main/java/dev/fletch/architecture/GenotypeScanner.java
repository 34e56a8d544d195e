package dev.fletch.architecture;

import dev.fletch.settings.Nearest;
import java.util.List;
import java.util.stream.Collectors;

/** Goes through a genotype's text from left to right; what is not as expected is refused. */
final class GenotypeScanner {
  private static final List<String> NAMES =
      Operation.known().stream().filter(o -> !o.isNone()).map(Operation::text).toList();

  private static final List<String> FUNCTIONS =
      Operation.RECURRENT.stream().filter(o -> !o.isNone()).map(Operation::text).toList();

  private static final String EXPECTED =
      Operation.known().stream()
          .filter(o -> !o.isNone() && o.isListed())
          .map(Operation::text)
          .collect(Collectors.joining(", "));

  private final String text;
  private final String notation;
  private int at;

  GenotypeScanner(String text) {
    this(text, GenotypeFormatException.NOTATION);
  }

  /**
   * @param notation an example of it, for messages
   */
  GenotypeScanner(String text, String notation) {
    this.text = text;
    this.notation = notation;
  }

  /** How many characters have been read. */
  int position() {
    return at;
  }

  void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  boolean isNext(char symbol) {
    return at < text.length() && text.charAt(at) == symbol;
  }

  boolean skip(char symbol) {
    boolean found = isNext(symbol);
    at += found ? 1 : 0;
    return found;
  }

  void symbol(char expected) {
    if (!skip(expected)) {
      throw problem(at, token(at), "'" + expected + "'");
    }
  }

  void word(String expected) {
    int start = at;
    if (!word().equals(expected)) {
      throw problem(start, token(start), "'" + expected + "'");
    }
  }

  /** Letters, digits and what else names and numbers are made of; may be empty. */
  String word() {
    String word = wordAt(at);
    at += word.length();
    return word;
  }

  Operation operation() {
    return Operation.find(name(NAMES, EXPECTED)).orElseThrow();
  }

  /** A function of recurrent cells. */
  Operation function() {
    return new Operation(name(FUNCTIONS, String.join(", ", FUNCTIONS)));
  }

  private String name(List<String> names, String expected) {
    int start = at;
    String name = word();
    if (!names.contains(name)) {
      String suggestion =
          name.isEmpty()
              ? ""
              : Nearest.to(name, names).map(n -> "; did you mean " + n + "?").orElse("");
      throw problem(start, token(start), "one of " + expected + suggestion);
    }
    return name;
  }

  /**
   * Refuses genes, read from {@code start} on, that no node can join.
   *
   * @see CellGenotype#areJoinable
   */
  void requireJoinable(int start, List<Gene> genes) {
    if (!CellGenotype.areJoinable(genes)) {
      throw problem(start, "the genes " + genes, CellGenotype.JOINABLE);
    }
  }

  /** A state that {@code node} may use. */
  int input(int node) {
    int last = CellTopology.convolutional(node + 1).inputsOf(node) - 1;
    return number(last, "an input from 0 to " + last + " for node " + node);
  }

  /** A state that {@code node} of a recurrent cell may use. */
  int state(int node) {
    int last = CellTopology.recurrent(node + 1).inputsOf(node) - 1;
    return number(last, "a state from 0 to " + last + " for node " + node);
  }

  /** A number from 0 to {@code last}. */
  int number(int last, String expected) {
    int start = at;
    String digits = word();
    // More than four digits are beyond any cell and might not fit an int.
    boolean valid = digits.matches("[0-9]{1,4}") && Integer.parseInt(digits) <= last;
    if (!valid) {
      throw problem(start, token(start), expected);
    }
    return Integer.parseInt(digits);
  }

  void end() {
    space();
    if (!isAtEnd()) {
      throw problem(at, token(at), "the end");
    }
  }

  GenotypeFormatException problem(int start, String found, String expected) {
    return GenotypeFormatException.inText(start + 1, found, expected, notation);
  }

  /** The word or the single symbol at {@code start}, quoted. */
  private String token(int start) {
    if (start == text.length()) {
      return "the end";
    }
    String word = wordAt(start);
    return "'" + (word.isEmpty() ? text.substring(start, start + 1) : word) + "'";
  }

  private String wordAt(int start) {
    return text.substring(start)
        .chars()
        .takeWhile(c -> Character.isLetterOrDigit(c) || "_-.+*".indexOf(c) >= 0)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
