package dev.fletch.replica;

/**
 * Tasks can no longer average with each other: one is gone, has failed or does not answer. What
 * they did together is lost, and can be done again from where it began.
 */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean silence;

  /**
   * @param message one sentence, naming the task
   */
  public PeerException(String message) {
    super(message);
    this.silence = false;
  }

  public PeerException(String message, Throwable cause) {
    super(message, cause);
    this.silence = false;
  }

  private PeerException(String message, boolean silence) {
    super(message);
    this.silence = silence;
  }

  /** Of a task that does not answer in time, and may never do. */
  public static PeerException ofSilence(String message) {
    return new PeerException(message, true);
  }

  /** Whether the other task may hang: then somebody else has to end it. */
  public boolean isSilence() {
    return silence;
  }
}
