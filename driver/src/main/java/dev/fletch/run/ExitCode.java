package dev.fletch.run;

/** What the process returns; scripts rely on it. */
public final class ExitCode {
  public static final int DONE = 0;

  /** Some candidates, or the search itself, came to nothing; what succeeded is kept. */
  public static final int FAILED = 1;

  /** Bad configuration, data or usage: starting again unchanged is of no use. */
  public static final int USAGE = 2;

  /** A file system, Spark or a machine failed: starting again later may be of use. */
  public static final int INFRASTRUCTURE = 3;

  /**
   * What a shell makes of SIGTERM; the signal itself decides (SIGINT makes it 130), this only keeps
   * it.
   */
  public static final int INTERRUPTED = 143;

  private ExitCode() {}
}
