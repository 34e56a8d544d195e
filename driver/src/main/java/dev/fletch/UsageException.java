package dev.fletch;

/** The command cannot be carried out as given; the message is one sentence with the remedy. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
