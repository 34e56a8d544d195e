package dev.fletch.data;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** A file format of images. */
public non-sealed interface ImageFormat extends DataFormat {
  /** Sides of an image: its height and its width. */
  int DIMENSIONS = 2;

  @Override
  default int dimensions() {
    return DIMENSIONS;
  }

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
   * The rule that {@code data.resize} breaks, such as "must be above 0, got 0"; by default any size
   * will do.
   *
   * @param resize at least 0, which leaves images as they are
   */
  default Optional<String> resizeRefusal(int resize) {
    return Optional.empty();
  }
}
