package dev.fletch.runfolder;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Finds the file system of a path, and finds out in seconds rather than minutes when nobody answers
 * there.
 */
final class ReachableFileSystem {
  /** Hadoop reads single files there. */
  private static final Set<String> READ_ONLY = Set.of("http", "https");

  private ReachableFileSystem() {}

  /**
   * @throws RunFolderException if the file system does not answer, or no library on the class path
   *     can write to it
   */
  static FileSystem of(Path path, Configuration hadoop) {
    String scheme = path.toUri().getScheme();
    if (scheme != null && READ_ONLY.contains(scheme)) {
      throw unusable(path, "nothing can be written over " + scheme, null);
    }
    try {
      FileSystem usual = path.getFileSystem(hadoop);
      if (usual instanceof LocalFileSystem local) {
        // No .crc files beside ours: they would refuse a hand-edited config.conf.
        return local.getRawFileSystem();
      }
      try (FileSystem impatient = FileSystem.newInstance(usual.getUri(), impatient(hadoop))) {
        impatient.exists(path);
      }
      return usual;
    } catch (UnsupportedFileSystemException e) {
      throw unusable(path, RunFolderException.reason(e), e);
    } catch (IOException | RuntimeException | LinkageError e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ClassNotFoundException || cause instanceof LinkageError) {
          throw unusable(
              path, "the library for " + scheme + " is missing: " + cause.getMessage(), e);
        }
      }
      throw new RunFolderException(
          "run folder "
              + path
              + ": cannot reach its file system ("
              + RunFolderException.reason(e)
              + "): check the address and that it is up, or choose another output",
          e);
    }
  }

  private static RunFolderException unusable(Path path, String reason, Throwable cause) {
    return new RunFolderException(
        "run folder "
            + path
            + ": cannot be used ("
            + reason
            + "): choose another output, or have spark-submit add a library that can, for s3a with"
            + " --packages org.apache.hadoop:hadoop-aws:VERSION",
        cause);
  }

  /**
   * Once the run is under way the patient defaults hold again, so that it survives a restarting
   * name node.
   */
  private static Configuration impatient(Configuration hadoop) {
    Configuration copy = new Configuration(hadoop);
    copy.setInt("ipc.client.connect.max.retries", 2);
    copy.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    copy.setInt("ipc.client.connect.retry.interval", 500);
    copy.setInt("ipc.client.connect.timeout", 5_000);
    copy.setInt("dfs.client.failover.max.attempts", 2);
    copy.setInt("dfs.client.failover.sleep.max.millis", 1_000);
    copy.setInt("dfs.client.retry.max.attempts", 2);
    copy.setInt("fs.s3a.attempts.maximum", 2);
    copy.setInt("fs.s3a.connection.establish.timeout", 5_000);
    return copy;
  }
}
