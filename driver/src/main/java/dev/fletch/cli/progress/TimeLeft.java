package dev.fletch.cli.progress;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Estimates when a phase will be done, from its own speed since it was first seen. */
final class TimeLeft {
  private static final long SECOND = 1_000_000_000L;

  private final LongSupplier nanos;
  private final Map<String, Start> starts = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock like {@link System#nanoTime}
   */
  TimeLeft(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Start(long nanos, long done) {}

  /** For example {@code 1m40s}; {@code ?} while nothing has been done since the first call. */
  String text(String phase, long done, long total) {
    long now = nanos.getAsLong();
    Start start = starts.computeIfAbsent(phase, p -> new Start(now, done));
    long moved = done - start.done();
    if (moved <= 0) {
      return "?";
    }
    double secondsEach = (double) (now - start.nanos()) / SECOND / moved;
    return duration(Math.round(secondsEach * (total - done)));
  }

  static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    return minutes < 60
        ? "%dm%02ds".formatted(minutes, seconds % 60)
        : "%dh%02dm".formatted(minutes / 60, minutes % 60);
  }
}
