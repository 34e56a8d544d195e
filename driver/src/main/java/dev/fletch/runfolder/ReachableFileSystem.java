package dev.fletch.runfolder;

import java.io.IOException;
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
  private ReachableFileSystem() {}

  /**
   * @throws RunFolderRefusedException if no library on the class path can write to such a path
   * @throws RunFolderException if the file system does not answer
   */
  static FileSystem of(Path path, Configuration hadoop) {
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
      throw refused(path, RunFolderException.reason(e), e);
    } catch (UnsupportedOperationException e) {
      throw refused(path, "its file system does not let files be written", e);
    } catch (IOException | RuntimeException | LinkageError e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ClassNotFoundException || cause instanceof LinkageError) {
          String library =
              "the library for " + path.toUri().getScheme() + " is not on the class path";
          throw refused(path, library + ": " + cause.getMessage(), e);
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

  private static RunFolderRefusedException refused(Path path, String reason, Throwable cause) {
    return new RunFolderRefusedException(
        "run folder "
            + path
            + ": cannot be used ("
            + reason
            + "): add the library, for example with spark-submit --packages"
            + " org.apache.hadoop:hadoop-aws:VERSION, or choose another output",
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
