package dev.fletch.data;

import java.util.List;

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
}
