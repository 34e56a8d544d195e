package dev.fletch.data;

import dev.fletch.settings.Checks;
import java.io.Serializable;
import java.util.List;

/**
 * Where the data lies and how it is divided.
 *
 * @param path folder on any Hadoop file system, or {@code bundled:fashion-mnist}; searched for the
 *     format's usual names (plain or .gz) for every part whose file list is empty
 * @param train explicit training files: [images, labels] for idx, any number of record files for
 *     cifar; relative names are resolved against {@code path}
 * @param test explicit test files, likewise
 * @param trainLimit use only the first so many training examples; 0 uses all
 * @param testLimit likewise for the test set
 * @param resize side of the square that every image becomes on reading: its shorter side is resized
 *     to it and the middle taken; 0 leaves images as they are
 * @param imageSide side of the squares that networks see: random ones of the images in training,
 *     those in the middle otherwise; 0 shows whole images
 * @param searchPortion fraction of the training set that trains w in a search; the rest trains
 *     alpha
 */
public record DataSettings(
    DataFormat format,
    String path,
    List<String> train,
    List<String> test,
    int trainLimit,
    int testLimit,
    int resize,
    int imageSide,
    double searchPortion)
    implements Serializable {
  public DataSettings {
    train = List.copyOf(train);
    test = List.copyOf(test);
    new Checks()
        .atLeast("train-limit", trainLimit, 0)
        .atLeast("test-limit", testLimit, 0)
        .atLeast("resize", resize, 0)
        .atLeast("image-side", imageSide, 0)
        .require(
            "image-side",
            resize <= 0 || imageSide <= resize,
            "must be <= resize " + resize + ", got " + imageSide,
            "resize")
        .require(
            "search-portion",
            searchPortion > 0 && searchPortion < 1,
            "must be > 0 and < 1, got " + searchPortion)
        .require(
            "path",
            !path.isBlank() || (!train.isEmpty() && !test.isEmpty()),
            "must name a folder unless both train and test list their files",
            "train",
            "test")
        .require(
            "resize",
            format != DataFormat.FOLDER || resize != 0,
            "must be the side that the images of a folder are brought to, for example 256, got 0",
            "format")
        .require("train", isComplete(format, train), rule(format, train), "format")
        .require("test", isComplete(format, test), rule(format, test), "format")
        .orThrow();
  }

  /** Of images that are shown as they are. */
  public DataSettings(
      DataFormat format,
      String path,
      List<String> train,
      List<String> test,
      int trainLimit,
      int testLimit,
      double searchPortion) {
    this(format, path, train, test, trainLimit, testLimit, 0, 0, searchPortion);
  }

  private static boolean isComplete(DataFormat format, List<String> files) {
    return switch (format) {
      case IDX -> files.isEmpty() || files.size() == 2;
      case FOLDER -> files.isEmpty();
      case CIFAR10, CIFAR100 -> true;
    };
  }

  private static String rule(DataFormat format, List<String> files) {
    return format == DataFormat.FOLDER
        ? "must be empty for folder, whose images are found below path, got " + files
        : "must list two files for idx, images and labels, got " + files.size();
  }
}
