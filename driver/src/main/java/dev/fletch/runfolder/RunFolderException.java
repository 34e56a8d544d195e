package dev.fletch.runfolder;

import java.net.UnknownHostException;

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
   * The innermost cause in one line: what the network or the disk said, without the layers in
   * between.
   */
  static String reason(Throwable failure) {
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
