package dev.fletch.runfolder;

import java.io.IOException;
import java.net.UnknownHostException;
import org.apache.hadoop.fs.Path;

/**
 * A run folder cannot be reached, read or written; the message is one line for the person who
 * started the run.
 */
public class RunFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunFolderException(String message) {
    super(message);
  }

  public RunFolderException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Says what could not be done.
   *
   * @param root of the run folder
   * @param what such as "cannot read"
   * @param name of the file or folder in it; empty for the folder itself
   */
  static RunFolderException failed(Path root, String what, String name, IOException cause) {
    String object = name.isEmpty() ? "" : " " + name;
    return new RunFolderException(
        "run folder " + root + ": " + what + object + " (" + reason(cause) + ")", cause);
  }

  /**
   * The innermost cause in one line: what the network or the disk said, without the layers in
   * between.
   */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    if (cause instanceof UnknownHostException) {
      return "unknown host " + cause.getMessage(); // its message is the bare name
    }
    String message = cause.getMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    return line.isEmpty() ? cause.getClass().getSimpleName() : line;
  }
}
