package dev.fletch.data;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files of a data set, in the order in which its reader wants them.
 *
 * @param warnings what was found beside them and is not used, a line each
 */
public record DataFiles(List<DataFile> train, List<DataFile> test, List<String> warnings) {
  public DataFiles {
    train = List.copyOf(train);
    test = List.copyOf(test);
    warnings = List.copyOf(warnings);
  }

  /**
   * The files that the format of {@code settings} locates.
   *
   * @throws DataException if one is missing, or a training file is a test file too
   */
  static DataFiles of(DataSettings settings, Configuration hadoop) {
    DataFiles files = settings.format().locate(settings, hadoop);
    if (settings.train().isEmpty() && settings.test().isEmpty()) {
      return files; // no format has one usual name for both
    }
    Set<String> train = places(files.train().stream(), hadoop);
    List<DataFile> both =
        files.test().stream().filter(file -> train.contains(place(file, hadoop))).toList();
    if (!both.isEmpty()) {
      throw new DataException(
          "Cannot train on what is tested: %s would be both; take it out of data.train, or list"
                  .formatted(
                      both.stream().map(DataFile::toString).collect(Collectors.joining(", ")))
              + " other files in data.test");
    }
    return files;
  }

  /** Whether {@code file} is trained or tested on. */
  boolean has(DataFile file, Configuration hadoop) {
    return places(Stream.concat(train.stream(), test.stream()), hadoop)
        .contains(place(file, hadoop));
  }

  private static Set<String> places(Stream<DataFile> files, Configuration hadoop) {
    return files.map(file -> place(file, hadoop)).collect(Collectors.toSet());
  }

  /** The same for all names of one file. */
  private static String place(DataFile file, Configuration hadoop) {
    String name = file.toString();
    if (name.startsWith(DataFolder.BUNDLED)) {
      return name;
    }
    try {
      Path path = new Path(name);
      return DataFileSystem.of(path, hadoop).makeQualified(path).toString();
    } catch (IOException e) {
      throw FileFailures.of(name, e);
    } catch (IllegalArgumentException e) {
      throw FileFailures.of(name, e);
    }
  }
}
