package dev.fletch.data;

import dev.fletch.data.text.WordConsumer;

/** A file format of running text, whose next word is to be learned. */
public non-sealed interface StreamFormat extends DataFormat {
  /** Sides of a stream: its length. */
  int DIMENSIONS = 1;

  @Override
  default int dimensions() {
    return DIMENSIONS;
  }

  /**
   * Hands on the words of one file, line after line, and what is wrong with any line.
   *
   * @throws DataException if the file cannot be read to its end
   */
  void read(DataFile file, WordConsumer words);
}
