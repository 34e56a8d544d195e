package dev.fletch.runfolder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Writes whole files so that a reader, or a run after a crash, sees the old content or the new,
 * never a part: written to a temporary name beside the target, synced, renamed over it.
 */
final class AtomicFiles {
  /** End of the names of files that nobody but their writer may look at. */
  static final String TEMPORARY = ".tmp";

  private final FileSystem files;
  private final Configuration hadoop;

  AtomicFiles(FileSystem files, Configuration hadoop) {
    this.files = files;
    this.hadoop = hadoop;
  }

  void write(Path target, byte[] content) throws IOException {
    // The random part keeps a task that Spark gave up on, but that still runs, away from its
    // successor's file.
    Path temporary =
        new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + TEMPORARY);
    try {
      try (FSDataOutputStream out = files.create(temporary, true)) {
        out.write(content);
        if (out.hasCapability(StreamCapabilities.HSYNC)) {
          out.hsync();
        }
      }
      replace(temporary, target);
    } catch (IOException | RuntimeException e) {
      try {
        files.delete(temporary, false);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void replace(Path temporary, Path target) throws IOException {
    if (files instanceof RawLocalFileSystem) {
      // rename(2): replaces in one go
      requireRenamed(files.rename(temporary, target), target);
      return;
    }
    FileContext context;
    try {
      context = FileContext.getFileContext(files.getUri(), hadoop);
    } catch (UnsupportedFileSystemException e) {
      // A file system without an overwriting rename: the best it can do.
      files.delete(target, false);
      requireRenamed(files.rename(temporary, target), target);
      return;
    }
    context.rename(temporary, target, Rename.OVERWRITE);
  }

  private static void requireRenamed(boolean renamed, Path target) throws IOException {
    if (!renamed) {
      throw new IOException(
          "the file system refused to rename the temporary file to " + target.getName());
    }
  }

  /** Deletes what a killed process left behind under {@code folder}. */
  void sweep(Path folder) throws IOException {
    FileStatus[] found;
    try {
      found = files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return; // deleted since its parent was listed
    }
    for (FileStatus status : found) {
      String name = status.getPath().getName();
      if (status.isDirectory()) {
        sweep(status.getPath());
      } else if (name.startsWith(".") && name.endsWith(TEMPORARY)) {
        files.delete(status.getPath(), false);
      }
    }
  }
}
