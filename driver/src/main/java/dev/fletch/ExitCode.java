package dev.fletch;

/** What the process returns; scripts rely on it. */
final class ExitCode {
  static final int DONE = 0;

  /** Some candidates, or the search itself, came to nothing; what succeeded is kept. */
  static final int FAILED = 1;

  /** Bad configuration, data or usage: starting again unchanged is of no use. */
  static final int USAGE = 2;

  /** A file system, Spark or a machine failed: starting again later may be of use. */
  static final int INFRASTRUCTURE = 3;

  /**
   * What a shell makes of SIGTERM; the signal itself decides (SIGINT makes it 130), this only keeps
   * it.
   */
  static final int INTERRUPTED = 143;

  private ExitCode() {}
}
