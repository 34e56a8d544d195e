package dev.fletch.data;

import dev.fletch.data.text.Replacements;
import dev.fletch.data.text.RowConsumer;
import java.util.List;

/** A file format of texts with labels, row after row. */
public non-sealed interface TextFormat extends DataFormat {
  /** Sides of a text: its length. */
  int DIMENSIONS = 1;

  @Override
  default int dimensions() {
    return DIMENSIONS;
  }

  /**
   * Hands on every row of one file, in order and as it is written, and what is wrong with any.
   *
   * @throws DataException if the file cannot be read to its end
   */
  void read(DataFile file, TextSettings settings, RowConsumer rows);

  /** What is replaced in texts as they are written, before they are cut into words. */
  default Replacements replacements() {
    return Replacements.NONE;
  }

  /**
   * The labels there can be, in the order of the classes; by default, and if empty, those of the
   * training set: in the order of numbers if all are whole numbers, else of the alphabet.
   */
  default List<String> labels() {
    return List.of();
  }

  /**
   * What the classes are called; by default as their labels.
   *
   * @param labels in the order of the classes
   */
  default List<String> classNames(List<String> labels) {
    return labels;
  }
}
