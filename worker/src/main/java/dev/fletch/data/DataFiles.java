package dev.fletch.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files of a data set: those the settings list, or those with the format's usual names.
 *
 * @param warnings what was found beside them and is not used, a line each
 */
record DataFiles(List<DataFile> train, List<DataFile> test, List<String> warnings) {
  private static final String GZIP_SUFFIX = ".gz";

  /**
   * @throws DataException if a file or the folder is missing
   */
  static DataFiles locate(DataSettings settings, Configuration hadoop) {
    UsualNames names = UsualNames.of(settings.format());
    return new DataFiles(
        part("train", settings.train(), names.train(), names.trainIsSeries(), settings, hadoop),
        part("test", settings.test(), names.test(), false, settings, hadoop),
        List.of());
  }

  private static List<DataFile> part(
      String key,
      List<String> listed,
      List<String> usual,
      boolean series,
      DataSettings settings,
      Configuration hadoop) {
    if (!listed.isEmpty()) {
      return listed.stream().map(name -> listed(key, name, settings, hadoop)).toList();
    }
    DataFolder folder = DataFolder.open(settings.path(), hadoop);
    List<DataFile> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : usual) {
      find(folder, name).ifPresentOrElse(found::add, () -> missing.add(name));
    }
    if (found.isEmpty() || (!series && !missing.isEmpty())) {
      throw new DataException(
          "Cannot find %s (or %s%s) in %s: put it there, or list the files in data.%s"
              .formatted(missing.get(0), missing.get(0), GZIP_SUFFIX, folder, key));
    }
    return found;
  }

  private static Optional<DataFile> find(DataFolder folder, String name) {
    return folder.find(name).or(() -> folder.find(name + GZIP_SUFFIX));
  }

  private static DataFile listed(
      String key, String name, DataSettings settings, Configuration hadoop) {
    Path path = path(key, name);
    if (path.isAbsolute() || settings.path().isBlank()) {
      return DataFolder.Stored.file(path, hadoop);
    }
    DataFolder folder = DataFolder.open(settings.path(), hadoop);
    return folder
        .find(name)
        .orElseThrow(
            () ->
                new DataException(
                    "Cannot find the file %s in %s, listed in data.%s"
                        .formatted(name, folder, key)));
  }

  private static Path path(String key, String name) {
    try {
      return new Path(name);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "Invalid file name '%s' in data.%s: %s".formatted(name, key, e.getMessage()), e);
    }
  }

  /**
   * @param trainIsSeries whether any of the training files will do, instead of all
   */
  private record UsualNames(List<String> train, List<String> test, boolean trainIsSeries) {
    static UsualNames of(DataFormat format) {
      return switch (format) {
        case IDX ->
            new UsualNames(
                List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
                List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
                false);
        case CIFAR10 ->
            new UsualNames(
                List.of(
                    "data_batch_1.bin",
                    "data_batch_2.bin",
                    "data_batch_3.bin",
                    "data_batch_4.bin",
                    "data_batch_5.bin"),
                List.of("test_batch.bin"),
                true);
        case CIFAR100 -> new UsualNames(List.of("train.bin"), List.of("test.bin"), false);
        case FOLDER -> throw new IllegalArgumentException("Class folders have no usual files");
      };
    }
  }
}
