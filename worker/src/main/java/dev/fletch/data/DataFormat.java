package dev.fletch.data;

import dev.fletch.settings.HasText;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A file format that images can come in: all that has to be known of it. Formats are found by
 * {@link java.util.ServiceLoader}: one that is named in a file {@code
 * META-INF/services/dev.fletch.data.DataFormat} on the class path can be named in a configuration
 * without further ado.
 *
 * <p>An implementation is a public record without components, so that a format that has travelled
 * to another process equals the one that is known there. Everything about the data is in the
 * settings.
 */
public interface DataFormat extends HasText, Serializable {
  /** The name in a configuration, which no other format has. */
  @Override
  String text();

  /**
   * The files that the settings list, or those that a data set of this format usually has.
   *
   * @throws DataException if a file or the folder is missing
   */
  DataFiles locate(DataSettings settings, Configuration hadoop);

  /** What decodes one data set; it reads the training set first, then the test set. */
  ImageReader reader(DataSettings settings);

  /**
   * What the classes are called, in order of their labels, where the files of the examples do not
   * say so ({@link ImageReader#classNames}); by default their numbers.
   *
   * @param classes how many there are
   * @throws DataException if a file that should name every class does not
   */
  default List<String> classNames(int classes, DataSettings settings, Configuration hadoop) {
    return LabelNames.numbers(classes);
  }

  /**
   * How pixels become input values: published constants, or, by default, mean and standard
   * deviation of the training images.
   *
   * @param train after any limit
   * @throws DataException if a channel of the images has one value only, where that matters
   */
  default Normalisation normalisation(ImageSet train) {
    return Normalisation.measured(train);
  }

  /**
   * The rule that the list of files under {@code data.train} or {@code data.test} breaks, such as
   * "must list two files, got 1"; by default any list will do.
   *
   * @param files possibly empty: then the usual ones are looked for
   */
  default Optional<String> filesRefusal(List<String> files) {
    return Optional.empty();
  }

  /**
   * The rule that {@code data.resize} breaks, such as "must be above 0, got 0"; by default any size
   * will do.
   *
   * @param resize at least 0, which leaves images as they are
   */
  default Optional<String> resizeRefusal(int resize) {
    return Optional.empty();
  }

  /** All formats on the class path: those of this package in a fixed order, then others by name. */
  static List<DataFormat> known() {
    return KnownFormats.ALL;
  }
}
