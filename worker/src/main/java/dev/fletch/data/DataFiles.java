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
 * @param valid of texts that are validated on; empty where training examples are held out for it
 * @param warnings what was found beside them and is not used, a line each
 */
public record DataFiles(
    List<DataFile> train, List<DataFile> valid, List<DataFile> test, List<String> warnings) {
  public DataFiles {
    train = List.copyOf(train);
    valid = List.copyOf(valid);
    test = List.copyOf(test);
    warnings = List.copyOf(warnings);
  }

  /** Of data without files of its own to validate on. */
  public DataFiles(List<DataFile> train, List<DataFile> test, List<String> warnings) {
    this(train, List.of(), test, warnings);
  }

  /**
   * The files that the format of {@code settings} locates.
   *
   * @throws DataException if one is missing, or is a file of two parts
   */
  static DataFiles of(DataSettings settings, Configuration hadoop) {
    DataFiles files = settings.format().locate(settings, hadoop);
    if (settings.train().isEmpty()
        && settings.test().isEmpty()
        && settings.stream().valid().isEmpty()) {
      return files; // no format has one usual name for two
    }
    Part train = new Part("train on", "data.train", files.train());
    Part valid = new Part("validate on", "data.valid", files.valid());
    Part test = new Part("test", "data.test", files.test());
    requireDistinct(train, test, "tested", hadoop);
    requireDistinct(train, valid, "validated on", hadoop);
    requireDistinct(valid, test, "tested", hadoop);
    return files;
  }

  /**
   * @param use what is done with the files
   * @param key that lists them
   */
  private record Part(String use, String key, List<DataFile> files) {}

  private static void requireDistinct(Part part, Part other, String used, Configuration hadoop) {
    Set<String> places = places(part.files().stream(), hadoop);
    List<DataFile> both =
        other.files().stream().filter(file -> places.contains(place(file, hadoop))).toList();
    if (!both.isEmpty()) {
      throw new DataException(
          "Cannot %s what is %s: %s would be both; take it out of %s, or list other files in %s"
              .formatted(
                  part.use(),
                  used,
                  both.stream().map(DataFile::toString).collect(Collectors.joining(", ")),
                  part.key(),
                  other.key()));
    }
  }

  /** Whether {@code file} is used for anything. */
  boolean has(DataFile file, Configuration hadoop) {
    return places(Stream.of(train, valid, test).flatMap(List::stream), hadoop)
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
