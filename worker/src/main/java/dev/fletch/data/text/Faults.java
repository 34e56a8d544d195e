package dev.fletch.data.text;

/** Where it is said what is wrong with a file; reading goes on, so that all of it is found. */
@FunctionalInterface
public interface Faults {
  /**
   * @param line from 1; where what is wrong begins
   * @param reason what is wrong, a sentence without its subject: {@code is no UTF-8}
   */
  void fault(int line, String reason);
}
