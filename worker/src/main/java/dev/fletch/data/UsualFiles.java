package dev.fletch.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What the files of a format are usually called, each plain or with {@code .gz} behind it.
 *
 * @param train in the order in which the reader wants them
 * @param test in the order in which the reader wants them
 * @param trainIsSeries whether any of the training files will do, instead of all
 */
public record UsualFiles(List<String> train, List<String> test, boolean trainIsSeries) {
  private static final String GZIP_SUFFIX = ".gz";

  public UsualFiles {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * The files that the settings list, and for a part without a list those with the usual names.
   *
   * @throws DataException if a file or the folder is missing
   */
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    return new DataFiles(
        part("train", settings.train(), train, trainIsSeries, settings, hadoop),
        part("test", settings.test(), test, false, settings, hadoop),
        List.of());
  }

  /**
   * The files of one part.
   *
   * @param key of {@code data} that lists them
   * @throws DataException if one is missing, or the folder
   */
  static List<DataFile> part(
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

  /** The file of that name, or with {@code .gz} behind it. */
  static Optional<DataFile> find(DataFolder folder, String name) {
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
}
