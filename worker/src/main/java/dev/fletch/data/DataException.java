package dev.fletch.data;

/** Data cannot be used as configured; the message is one line that names the file and the rule. */
public class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
