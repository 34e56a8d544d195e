package dev.fletch.data;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The examples that a run's settings name, of whatever kind. */
public sealed interface DataSet extends ExampleSource
    permits ImageExamples, StreamExamples, TextExamples {
  /**
   * Reads the data, or takes it from this process's memory if these files were read before. A file
   * that changes during the life of a process is not noticed.
   *
   * @param seed decides the split, the order of each epoch and each example's augmentation
   * @throws DataException if a file is missing or breaks a rule of its format, or the examples
   *     cannot be augmented so
   * @throws UnreachableDataException if the file system does not answer
   */
  static DataSet open(
      DataSettings settings, AugmentationSettings augmentation, long seed, Configuration hadoop) {
    if (settings.format() instanceof StreamFormat) {
      return StreamExamples.open(settings, augmentation, seed, hadoop);
    }
    return settings.format() instanceof TextFormat
        ? TextExamples.open(settings, augmentation, seed, hadoop)
        : ImageExamples.open(settings, augmentation, seed, hadoop);
  }

  /**
   * What the data is. Checks every file from beginning to end, so that {@link #open} cannot fail on
   * the same files later, and leaves the decoded data in memory for it.
   *
   * @throws DataException if a file is missing or breaks a rule of its format, or a part of the
   *     training set would be empty
   * @throws UnreachableDataException if the file system does not answer
   */
  static DataHeader header(DataSettings settings, Configuration hadoop) {
    if (settings.format() instanceof StreamFormat) {
      return StreamExamples.header(settings, hadoop);
    }
    return settings.format() instanceof TextFormat
        ? TextExamples.header(settings, hadoop)
        : ImageExamples.header(settings, hadoop);
  }

  /**
   * This data set for a training from scratch, with a part of its training examples as {@link
   * Portion#VALIDATION} and the rest as {@link Portion#FIT}; the seed decides which, of every class
   * alike. Streams have a text of their own to validate on.
   *
   * @param portion of the training set; 0 holds nothing out
   * @throws DataException if one of the two would be empty, or a portion of a stream be held out
   */
  DataSet holdingOut(double portion);

  /**
   * How many examples of {@code portion} every class has, in order of the labels; empty for a
   * stream, whose words have none.
   */
  List<Integer> classSizes(Portion portion);

  /** SHA-256 over the used examples and their targets, in hexadecimal; takes a moment. */
  String checksum();
}
