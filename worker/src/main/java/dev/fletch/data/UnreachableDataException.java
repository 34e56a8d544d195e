package dev.fletch.data;

/**
 * The file system that should hold the data does not answer; the configuration may well be right.
 */
public final class UnreachableDataException extends DataException {
  private static final long serialVersionUID = 1L;

  public UnreachableDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
