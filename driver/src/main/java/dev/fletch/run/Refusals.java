package dev.fletch.run;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration, of several checks: all of it is told at once. */
final class Refusals {
  private final List<RuntimeException> found = new ArrayList<>();

  /**
   * Keeps what {@code check} says against the configuration.
   *
   * @throws RuntimeException what it throws for another reason, at once
   */
  void check(Runnable check) {
    try {
      check.run();
    } catch (RuntimeException e) {
      if (Failure.of(e).exitCode() != ExitCode.USAGE) {
        throw e;
      }
      found.add(e);
    }
  }

  /**
   * @throws RuntimeException what one check threw, or a {@link UsageException} with a line for each
   *     problem of several
   */
  void orThrow() {
    if (found.size() == 1) {
      throw found.get(0);
    }
    if (!found.isEmpty()) {
      throw new UsageException(
          found.stream().flatMap(e -> Failure.of(e).lines().stream()).distinct().toList());
    }
  }
}
