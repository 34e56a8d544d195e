package dev.fletch.runfolder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of one run on any Hadoop file system. Every file appears whole or not at all. Names
 * are relative to the folder, with {@code /} between parts; missing folders on the way are made.
 *
 * <p>One driver writes to a folder at a time, by its {@link RunLease}; tasks write only below their
 * own candidate and seed, and in the driver's name.
 */
public final class RunFolder {
  /** The resolved configuration. */
  public static final String CONFIG = "config.conf";

  /** Versions, seeds, checksums and machine: see {@link Manifest}. */
  public static final String MANIFEST = "manifest.json";

  /** Empty, written last: the run is complete. */
  public static final String SUCCESS = "_SUCCESS";

  private final Path root;
  private final FileSystem files;
  private final AtomicFiles atomic;
  private final LeaseFile lease;
  private volatile String writer = "";

  private RunFolder(String path, Configuration hadoop) {
    Path given = new Path(path);
    this.files = ReachableFileSystem.of(given, hadoop);
    this.root = files.makeQualified(given);
    this.atomic = new AtomicFiles(files, hadoop);
    this.lease = new LeaseFile(files, atomic, root);
  }

  /**
   * Makes a new, empty folder and checks that it can be written to.
   *
   * @throws RunFolderRefusedException if there is anything at {@code path} already
   * @throws RunFolderException if the file system cannot be reached or written to
   */
  public static RunFolder create(String path, Configuration hadoop) {
    new RunPlace(path, hadoop).make();
    return new RunFolder(path, hadoop);
  }

  /**
   * Opens a folder that {@link #create} made, for reading.
   *
   * @throws RunFolderRefusedException if there is no run at {@code path}
   */
  public static RunFolder open(String path, Configuration hadoop) {
    RunFolder folder = new RunFolder(path, hadoop);
    if (!folder.exists(CONFIG)) {
      String reason =
          !folder.exists("")
              ? "there is no such folder"
              : folder.exists(MANIFEST)
                  ? CONFIG + " is missing; restore it from a copy of the folder"
                  : "no " + CONFIG;
      throw new RunFolderRefusedException(
          "run folder %s: holds no run (%s): check the path, or start a run there first"
              .formatted(folder.root, reason));
    }
    return folder;
  }

  /** Whether there is a run at {@code path}. */
  public static boolean isRun(String path, Configuration hadoop) {
    return new RunFolder(path, hadoop).exists(CONFIG);
  }

  /**
   * Opens a folder for what is said of several runs; it is made with the first file.
   *
   * @throws RunFolderRefusedException if there is a run at {@code path}
   */
  public static RunFolder besideRuns(String path, Configuration hadoop) {
    RunFolder folder = new RunFolder(path, hadoop);
    if (folder.exists(CONFIG)) {
      throw new RunFolderRefusedException(
          "run folder %s: holds a run, and a report over several needs a folder of its own: choose another output"
              .formatted(folder.root));
    }
    return folder;
  }

  /**
   * Opens a folder to write to it in the name of the process that has its lease.
   *
   * @param writer as that process's {@link #writer}; empty for nobody's, which is not checked
   * @throws RunFolderRefusedException if there is no run at {@code path}, or another process has
   *     taken it over
   */
  public static RunFolder open(String path, String writer, Configuration hadoop) {
    RunFolder folder = open(path, hadoop);
    folder.writeAs(writer);
    folder.requireLease();
    return folder;
  }

  /** Whose lease writing needs: what tasks have to be given. Empty if it needs none. */
  public String writer() {
    return writer;
  }

  void writeAs(String id) {
    writer = id;
  }

  LeaseFile lease() {
    return lease;
  }

  private void requireLease() {
    if (writer.isEmpty()) {
      return;
    }
    Optional<Holder> now;
    try {
      now = lease.read();
    } catch (IOException e) {
      throw failed("cannot look for", LeaseFile.NAME, e);
    }
    if (now.isEmpty() || !now.get().id().equals(writer)) {
      throw new RunFolderRefusedException(takenOver(root.toString(), now));
    }
  }

  /** What is said where the lease is another's by now, or nobody's. */
  static String takenOver(String path, Optional<Holder> now) {
    return "run folder %s: %s, so this one has stopped writing to it: let one process at a time work on a run"
        .formatted(
            path,
            now.map(other -> other.description() + " has taken it over")
                .orElse("its lease is gone: another process took it over or deleted it"));
  }

  /** Clears away what killed processes left; for the one that has the lease. */
  void clearTemporary() {
    try {
      atomic.sweep(root);
    } catch (IOException e) {
      throw failed("cannot clear temporary files", "", e);
    }
  }

  /** The folder with its file system, for example {@code hdfs://host:8020/runs/a}. */
  public String path() {
    return root.toString();
  }

  public boolean exists(String name) {
    try {
      return files.exists(resolve(name));
    } catch (IOException e) {
      throw failed("cannot look for", name, e);
    }
  }

  /** Writes or replaces a UTF-8 file, atomically. */
  public void writeText(String name, String content) {
    writeBytes(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes or replaces a file of lines, atomically; each line gets its line end. */
  public void writeLines(String name, List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    writeText(name, text.toString());
  }

  /** Writes or replaces a file, atomically. */
  public void writeBytes(String name, byte[] content) {
    requireLease();
    try {
      atomic.write(resolve(name), content);
    } catch (IOException e) {
      throw failed("cannot write", name, e);
    }
  }

  public String readText(String name) {
    return new String(readBytes(name), StandardCharsets.UTF_8);
  }

  public List<String> readLines(String name) {
    return readText(name).lines().toList();
  }

  public byte[] readBytes(String name) {
    try (FSDataInputStream in = files.open(resolve(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw failed("cannot read", name, e);
    }
  }

  /**
   * Names of the files and folders in {@code folder}, sorted, without hidden ones; empty if there
   * is no such folder.
   */
  public List<String> list(String folder) {
    try {
      return Arrays.stream(files.listStatus(resolve(folder)))
          .map(status -> status.getPath().getName())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("cannot list", folder, e);
    }
  }

  /** Names of the folders in {@code folder}, as {@link #list}. */
  public List<String> folders(String folder) {
    return list(folder).stream().filter(name -> isFolder(folder + "/" + name)).toList();
  }

  private boolean isFolder(String name) {
    try {
      return files.getFileStatus(resolve(name)).isDirectory();
    } catch (IOException e) {
      throw failed("cannot look for", name, e);
    }
  }

  /** Deletes a file, or a folder with all in it; does nothing if there is none. */
  public void delete(String name) {
    requireLease();
    try {
      files.delete(resolve(name), true);
    } catch (IOException e) {
      throw failed("cannot delete", name, e);
    }
  }

  /** Writes {@link #SUCCESS}; only a model may be written afterwards. */
  public void markComplete() {
    writeBytes(SUCCESS, new byte[0]);
  }

  public boolean isComplete() {
    return exists(SUCCESS);
  }

  private Path resolve(String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }

  RunFolderException failed(String what, String name, IOException cause) {
    return RunFolderException.failed(root, what, name, cause);
  }
}
