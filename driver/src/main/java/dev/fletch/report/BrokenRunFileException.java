package dev.fletch.report;

import java.io.IOException;

/**
 * A file of the run folder cannot be understood; the message names the file, the line or key, and
 * the remedy.
 */
public final class BrokenRunFileException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenRunFileException(String message) {
    super(message);
  }
}
