package dev.fletch.runfolder;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a {@link RunFolder} is to be: whether there is room for it, and whether it can be written.
 */
public final class RunPlace {
  private static final int NAMED_IN_MESSAGE = 4;

  private final Path root;
  private final FileSystem files;
  private final AtomicFiles atomic;

  /**
   * @param path on any Hadoop file system
   * @throws RunFolderException if there is no library for the file system
   */
  public RunPlace(String path, Configuration hadoop) {
    Path given = new Path(path);
    this.files = ReachableFileSystem.of(given, hadoop);
    this.root = files.makeQualified(given);
    this.atomic = new AtomicFiles(files, hadoop);
  }

  /**
   * Makes a new, empty folder and checks that it can be written to.
   *
   * @throws RunFolderRefusedException if there is anything there already
   * @throws RunFolderException if the file system cannot be reached or written to
   */
  void make() {
    requireUnused();
    try {
      if (!files.mkdirs(root)) {
        throw new IOException("the folder could not be made");
      }
      tryWriting(root);
    } catch (IOException | UnsupportedOperationException e) {
      throw unwritable(e);
    }
  }

  /**
   * Checks, without making anything, that {@link #make} would not refuse the place.
   *
   * @throws RunFolderRefusedException if there is anything there already
   * @throws RunFolderException if the file system cannot be reached
   */
  public void requireUnused() {
    try {
      if (!files.exists(root)) {
        return;
      }
      FileStatus status = files.getFileStatus(root);
      if (!status.isDirectory()) {
        throw new RunFolderRefusedException(
            "run folder " + root + ": is a file: choose another output");
      }
      List<String> found =
          Arrays.stream(files.listStatus(root)).map(s -> s.getPath().getName()).sorted().toList();
      if (found.contains(RunFolder.CONFIG)) {
        throw new RunFolderRefusedException(
            "run folder "
                + root
                + ": already holds a "
                + (found.contains(RunFolder.SUCCESS) ? "finished" : "started")
                + " run ("
                + shortList(found)
                + "): continue it with --resume, or choose another output");
      }
      if (!found.isEmpty()) {
        throw new RunFolderRefusedException(
            "run folder "
                + root
                + ": is not empty ("
                + shortList(found)
                + "): choose another output");
      }
    } catch (IOException e) {
      throw RunFolderException.failed(root, "cannot look into the folder", "", e);
    }
  }

  /**
   * Checks that files can be written there, by writing one and deleting it; where there is no
   * folder yet, in the folder that it would be made in.
   *
   * @throws RunFolderException if they cannot
   */
  public void requireWritable() {
    try {
      Path nearest = root;
      while (!files.exists(nearest) && nearest.getParent() != null) {
        nearest = nearest.getParent();
      }
      tryWriting(nearest);
    } catch (IOException | UnsupportedOperationException e) {
      throw unwritable(e);
    }
  }

  private void tryWriting(Path existing) throws IOException {
    Path trial = new Path(existing, ".writable-" + UUID.randomUUID());
    atomic.write(trial, new byte[0]);
    if (!files.delete(trial, false)) {
      throw new IOException("a file could not be deleted");
    }
  }

  private RunFolderException unwritable(Exception cause) {
    return new RunFolderException(
        "run folder "
            + root
            + ": cannot be written to ("
            + RunFolderException.reason(cause)
            + "): check its permissions, or choose another output",
        cause);
  }

  private static String shortList(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED_IN_MESSAGE, names.size())));
    int more = names.size() - NAMED_IN_MESSAGE;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
