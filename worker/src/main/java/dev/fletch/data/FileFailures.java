package dev.fletch.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Says in one line what a failed file operation means to the person who configured it. */
final class FileFailures {
  private FileFailures() {}

  static DataException of(String name, IOException failure) {
    if (failure instanceof FileNotFoundException) {
      return new DataException("Cannot find the file " + name + ": " + reason(failure), failure);
    }
    if (failure instanceof AccessControlException) {
      return new DataException("Cannot read " + name + ": permission denied", failure);
    }
    if (failure instanceof ZipException) {
      return new DataException("Damaged gzip file " + name + ": " + reason(failure), failure);
    }
    if (failure instanceof ChecksumException) {
      return new DataException("Damaged file " + name + ": " + reason(failure), failure);
    }
    if (failure instanceof UnsupportedFileSystemException) {
      return new DataException("Cannot read " + name + ": " + reason(failure), failure);
    }
    return unreachable(name, failure);
  }

  /** Hadoop reports some bad addresses unchecked: an unknown host, a name that is no path. */
  static DataException of(String name, IllegalArgumentException failure) {
    return failure.getCause() instanceof UnknownHostException
        ? unreachable(name, failure)
        : new DataException("Cannot read " + name + ": " + reason(failure), failure);
  }

  private static DataException unreachable(String name, Exception failure) {
    return new UnreachableDataException(
        "Cannot reach the file system of %s: %s; check that it is up and that its address is right"
            .formatted(name, reason(failure)),
        failure);
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }
}
