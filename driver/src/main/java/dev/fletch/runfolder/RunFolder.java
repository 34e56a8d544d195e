package dev.fletch.runfolder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of one run on any Hadoop file system. Every file appears whole or not at all. Names
 * are relative to the folder, with {@code /} between parts; missing folders on the way are made.
 *
 * <p>One driver writes to a folder at a time; tasks write only below their own candidate and seed.
 */
public final class RunFolder {
  /** The resolved configuration. */
  public static final String CONFIG = "config.conf";

  /** Versions, seeds, checksums and machine: see {@link Manifest}. */
  public static final String MANIFEST = "manifest.json";

  /** Empty, written last: the run is complete. */
  public static final String SUCCESS = "_SUCCESS";

  private static final int NAMED_IN_MESSAGE = 4;

  private final Path root;
  private final FileSystem files;
  private final AtomicFiles atomic;

  private RunFolder(String path, Configuration hadoop) {
    Path given = new Path(path);
    this.files = ReachableFileSystem.of(given, hadoop);
    this.root = files.makeQualified(given);
    this.atomic = new AtomicFiles(files, hadoop);
  }

  /**
   * Makes a new, empty folder and checks that it can be written to.
   *
   * @throws RunFolderRefusedException if there is anything at {@code path} already
   * @throws RunFolderException if the file system cannot be reached or written to
   */
  public static RunFolder create(String path, Configuration hadoop) {
    RunFolder folder = new RunFolder(path, hadoop);
    folder.requireUnused();
    try {
      if (!folder.files.mkdirs(folder.root)) {
        throw new IOException("the folder could not be made");
      }
      folder.atomic.write(new Path(folder.root, ".writable"), new byte[0]);
      folder.files.delete(new Path(folder.root, ".writable"), false);
    } catch (IOException e) {
      throw new RunFolderException(
          "run folder "
              + folder.root
              + ": cannot be written to ("
              + RunFolderException.reason(e)
              + "): check its permissions, or choose another output",
          e);
    }
    return folder;
  }

  /**
   * Checks, without making anything, that {@link #create} would not refuse the folder.
   *
   * @throws RunFolderRefusedException if there is anything at {@code path} already
   * @throws RunFolderException if the file system cannot be reached
   */
  public static void requireUnused(String path, Configuration hadoop) {
    new RunFolder(path, hadoop).requireUnused();
  }

  /**
   * Opens a folder that {@link #create} made, for reading or to write below one candidate.
   *
   * @throws RunFolderRefusedException if there is no run at {@code path}
   */
  public static RunFolder open(String path, Configuration hadoop) {
    RunFolder folder = new RunFolder(path, hadoop);
    if (!folder.exists(CONFIG)) {
      throw new RunFolderRefusedException(
          "run folder "
              + folder.root
              + ": holds no run (no "
              + CONFIG
              + "): check the path, or start without --resume");
    }
    return folder;
  }

  /**
   * Opens a folder to go on with its run, and clears away temporary files a killed driver left
   * there.
   */
  public static RunFolder resume(String path, Configuration hadoop) {
    RunFolder folder = open(path, hadoop);
    try {
      folder.atomic.sweep(folder.root);
    } catch (IOException e) {
      throw folder.failed("cannot clear temporary files", "", e);
    }
    return folder;
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

  private void requireUnused() {
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
      if (found.contains(CONFIG)) {
        throw new RunFolderRefusedException(
            "run folder "
                + root
                + ": already holds a "
                + (found.contains(SUCCESS) ? "finished" : "started")
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
      throw failed("cannot look into the folder", "", e);
    }
  }

  private static String shortList(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED_IN_MESSAGE, names.size())));
    int more = names.size() - NAMED_IN_MESSAGE;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private Path resolve(String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }

  private RunFolderException failed(String what, String name, IOException cause) {
    String object = name.isEmpty() ? "" : " " + name;
    return new RunFolderException(
        "run folder " + root + ": " + what + object + " (" + RunFolderException.reason(cause) + ")",
        cause);
  }
}
