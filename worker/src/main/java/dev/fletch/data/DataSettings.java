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
    double searchPortion)
    implements Serializable {
  public DataSettings {
    train = List.copyOf(train);
    test = List.copyOf(test);
    new Checks()
        .atLeast("train-limit", trainLimit, 0)
        .atLeast("test-limit", testLimit, 0)
        .require(
            "search-portion",
            searchPortion > 0 && searchPortion < 1,
            "must be > 0 and < 1, got " + searchPortion)
        .require(
            "path",
            !path.isBlank() || (!train.isEmpty() && !test.isEmpty()),
            "must name a folder unless both train and test list their files")
        .require("train", isComplete(format, train), pair(train))
        .require("test", isComplete(format, test), pair(test))
        .orThrow();
  }

  private static boolean isComplete(DataFormat format, List<String> files) {
    return format != DataFormat.IDX || files.isEmpty() || files.size() == 2;
  }

  private static String pair(List<String> files) {
    return "must list two files for idx, images and labels, got " + files.size();
  }
}
