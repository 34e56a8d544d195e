package dev.fletch.data;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file system that data lies on, if there is a library that can read it. */
final class DataFileSystem {
  /** Hadoop opens single files there, but neither lists folders nor says what is missing. */
  private static final Set<String> WITHOUT_FOLDERS = Set.of("http", "https");

  private DataFileSystem() {}

  /**
   * @throws DataException if the library for the path's scheme is missing or cannot list folders
   */
  static FileSystem of(Path path, Configuration hadoop) throws IOException {
    String scheme = path.toUri().getScheme();
    if (scheme != null && WITHOUT_FOLDERS.contains(scheme)) {
      throw new DataException(
          "Cannot read %s: %s has no folders; fetch the files, and name a folder on a file system"
                  .formatted(path, scheme)
              + " such as file or hdfs");
    }
    try {
      return path.getFileSystem(hadoop);
    } catch (RuntimeException | LinkageError e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ClassNotFoundException || cause instanceof LinkageError) {
          throw new DataException(
              "Cannot read %s: the library for %s is not on the class path (%s); add it, for"
                      .formatted(path, scheme, cause.getMessage())
                  + " example with spark-submit --packages org.apache.hadoop:hadoop-aws:VERSION",
              e);
        }
      }
      throw e;
    }
  }
}
