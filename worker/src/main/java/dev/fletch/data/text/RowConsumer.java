package dev.fletch.data.text;

/** Takes the rows of a table, in their order, and what is wrong with any. */
public interface RowConsumer extends Faults {
  /**
   * @param line from 1; where the row begins
   * @param text as it is written
   * @param label as it is written
   */
  void row(int line, String text, String label);
}
