package dev.fletch.cluster;

/** An epoch that executors carried out together came to nothing, and may be begun anew. */
final class LostEpochException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostEpochException(String message, Throwable cause) {
    super(message, cause);
  }

  LostEpochException(String message) {
    super(message);
  }
}
