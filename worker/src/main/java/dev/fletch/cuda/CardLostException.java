package dev.fletch.cuda;

/**
 * A kernel went wrong, or the card did: CUDA answers every later call of this process with the same
 * error, so that only a new process can go on.
 */
public final class CardLostException extends DriverException {
  private static final long serialVersionUID = 1L;

  public CardLostException(String message) {
    super(message);
  }
}
