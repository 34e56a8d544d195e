package dev.fletch.cluster;

/** An epoch that executors carried out together came to nothing, and may be begun anew. */
final class LostEpochException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean unequal;

  LostEpochException(String message, Throwable cause) {
    super(message, cause);
    this.unequal = false;
  }

  LostEpochException(String message) {
    this(message, false);
  }

  private LostEpochException(String message, boolean unequal) {
    super(message);
    this.unequal = unequal;
  }

  /** Of tasks that took the same steps and have not come to the same state. */
  static LostEpochException ofUnequalStates(String message) {
    return new LostEpochException(message, true);
  }

  /** Whether tasks compute differently: they may do so every time. */
  boolean isUnequal() {
    return unequal;
  }
}
