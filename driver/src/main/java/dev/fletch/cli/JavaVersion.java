package dev.fletch.cli;

import java.util.Optional;

/** Which Java versions the program runs on. The launcher, {@code deploy/fletch}, has them too. */
public final class JavaVersion {
  private static final int OLDEST = 17;

  /**
   * From 23 on {@code javax.security.auth.Subject.getSubject}, which Hadoop calls, throws (JDK 23
   * release notes; JEP 486).
   */
  private static final int NEWEST = 22;

  private JavaVersion() {}

  /**
   * What is wrong with a version, in one line; empty if nothing is.
   *
   * @param feature for example 17
   */
  public static Optional<String> refusal(int feature) {
    return feature >= OLDEST && feature <= NEWEST
        ? Optional.empty()
        : Optional.of(
            "Fletch runs on Java %d (%d to %d may do), but this is Java %d: set JAVA_HOME to a JDK %d"
                .formatted(OLDEST, OLDEST + 1, NEWEST, feature, OLDEST));
  }
}
