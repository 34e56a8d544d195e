package dev.fletch.runfolder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * {@code .lease} in a run folder: who writes to it.
 *
 * <p>HDFS and local disks create it for one of several processes only. Object stores may let two
 * succeed; the later content then stays, and whoever finds another id than its own gives way. Ages
 * are told by the file system's clock alone, so the clocks of hosts need not agree.
 */
final class LeaseFile {
  static final String NAME = ".lease";
  private static final int LOOKS = 4;
  private static final long PAUSE_MILLIS = 300;

  private final FileSystem files;
  private final AtomicFiles atomic;
  private final Path root;
  private final Path path;

  LeaseFile(FileSystem files, AtomicFiles atomic, Path root) {
    this.files = files;
    this.atomic = atomic;
    this.root = root;
    this.path = new Path(root, NAME);
  }

  /** Returns false if there is a lease already. */
  boolean create(Holder holder) throws IOException {
    byte[] content = holder.toJson().getBytes(StandardCharsets.UTF_8);
    if (files instanceof RawLocalFileSystem local) {
      // Hadoop looks first and creates then, which two processes may do at the same time.
      try {
        Files.write(
            local.pathToFile(path).toPath(),
            content,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }
    try (FSDataOutputStream out = files.create(path, false)) {
      out.write(content);
    } catch (IOException e) {
      if (files.exists(path)) {
        return false;
      }
      throw e;
    }
    return true;
  }

  /**
   * Who has the lease; empty if there is none. Looks again for a moment where there is none or none
   * that can be read: file systems without an atomic rename show that while it is renewed.
   *
   * @throws RunFolderRefusedException if a newer Fletch wrote it
   * @throws UnreadableException if it stays unreadable
   */
  Optional<Holder> read() throws IOException {
    for (int look = 1; ; look++) {
      try {
        return Optional.of(Holder.fromJson(text(path), path.toString()));
      } catch (FileNotFoundException e) {
        if (look == LOOKS) {
          return Optional.empty();
        }
      } catch (IllegalArgumentException e) {
        if (look == LOOKS) {
          throw new UnreadableException(e);
        }
      }
      pause();
    }
  }

  /** The lease is there but says nothing: its writer was killed between creating and writing it. */
  static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(IllegalArgumentException cause) {
      super(NAME + " is not readable (" + cause.getMessage() + ")", cause);
    }
  }

  void renew(Holder holder) throws IOException {
    atomic.write(path, holder.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** How long ago the lease was created or renewed; empty if it is gone. */
  Optional<Duration> age() throws IOException {
    long now = now();
    try {
      long renewed = files.getFileStatus(path).getModificationTime();
      return Optional.of(Duration.ofMillis(Math.max(0, now - renewed)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** What the file system stamps on a file that is made now. */
  private long now() throws IOException {
    // no temporary file by its name: the one who has the lease may be clearing those away
    Path probe = new Path(root, "." + UUID.randomUUID() + ".probe");
    try {
      files.create(probe, true).close();
      return files.getFileStatus(probe).getModificationTime();
    } finally {
      files.delete(probe, false);
    }
  }

  /**
   * Removes the lease if it is still {@code id}'s; of several that try at a time one succeeds.
   *
   * @param id of the holder to be removed; null for an unreadable lease
   */
  void remove(String id) throws IOException {
    Path aside = new Path(root, "." + UUID.randomUUID() + ".lease" + AtomicFiles.TEMPORARY);
    try {
      if (!files.exists(path) || !files.rename(path, aside)) {
        return; // somebody else was faster
      }
    } catch (FileNotFoundException e) {
      return; // likewise, between looking and renaming
    }
    try {
      if (id != null && !text(aside).contains(id)) {
        files.rename(aside, path); // the lease of one who was faster
        return;
      }
    } catch (FileNotFoundException e) {
      return; // cleared away by one who was faster
    }
    files.delete(aside, false);
  }

  private String text(Path file) throws IOException {
    try (FSDataInputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking for " + NAME, e);
    }
  }
}
