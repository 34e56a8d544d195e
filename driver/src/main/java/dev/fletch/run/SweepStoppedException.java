package dev.fletch.run;

/** A sweep cannot go on: what its trials share has failed. */
final class SweepStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SweepStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
