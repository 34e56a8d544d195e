package dev.fletch.cuda;

/** The card, or its driver, could not do what was asked for. */
public class DriverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DriverException(String message) {
    super(message);
  }
}
