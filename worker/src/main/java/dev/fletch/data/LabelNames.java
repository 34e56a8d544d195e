package dev.fletch.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** What the classes of a data set are called, in order of their labels. */
public final class LabelNames {
  private LabelNames() {}

  /** {@code 0} and so on, for classes without names. */
  public static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  /**
   * The lines of the file {@code name}, where it lies in the data's folder; numbers otherwise.
   *
   * @param classes how many there are
   * @throws DataException if that file does not name every class
   */
  public static List<String> inFile(
      String name, int classes, DataSettings settings, Configuration hadoop) {
    if (settings.path().isBlank()) {
      return numbers(classes);
    }
    return DataFolder.open(settings.path(), hadoop)
        .find(name)
        .map(file -> lines(file, classes))
        .orElseGet(() -> numbers(classes));
  }

  private static List<String> lines(DataFile file, int classes) {
    List<String> names;
    try (DataInput in = file.open()) {
      names =
          new String(in.rest(), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
    }
    if (names.size() != classes) {
      throw new DataException(
          "Cannot use the class names in %s: it has %d of %d; mend or remove it"
              .formatted(file, names.size(), classes));
    }
    return names;
  }
}
