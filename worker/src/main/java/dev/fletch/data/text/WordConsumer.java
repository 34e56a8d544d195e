package dev.fletch.data.text;

/** Takes the words of a text, line after line, and what is wrong with any. */
public interface WordConsumer extends Faults {
  /** The next word of a line, as it is written; none has white space in it. */
  void word(String word);

  /** The line ends; it may have had no words. */
  void endOfLine();
}
