package dev.fletch.run;

/** The command cannot be carried out as given; the message is one sentence with the remedy. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
