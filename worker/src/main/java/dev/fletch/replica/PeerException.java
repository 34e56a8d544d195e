package dev.fletch.replica;

/**
 * Tasks can no longer average with each other: one is gone, has failed or does not answer. What
 * they did together is lost, and can be done again from where it began.
 */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence, naming the task
   */
  public PeerException(String message) {
    super(message);
  }

  public PeerException(String message, Throwable cause) {
    super(message, cause);
  }
}
