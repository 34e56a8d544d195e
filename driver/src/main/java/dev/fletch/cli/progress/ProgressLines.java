package dev.fletch.cli.progress;

import dev.fletch.settings.Plural;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Plain lines for logs: the first and last of each phase, and at most one in ten seconds between.
 */
public final class ProgressLines implements Progress {
  private static final long PAUSE = 10_000_000_000L;

  private final PrintWriter out;
  private final LongSupplier nanos;
  private final TimeLeft timeLeft;
  private final Map<String, Long> lastSaid = new HashMap<>();

  public ProgressLines(PrintWriter out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.timeLeft = new TimeLeft(nanos);
  }

  @Override
  public synchronized void update(String phase, String unit, long done, long total, String detail) {
    long now = nanos.getAsLong();
    String left = timeLeft.text(phase, done, total);
    Long last = lastSaid.get(phase);
    if (last == null || done == total || now - last >= PAUSE) {
      lastSaid.put(phase, now);
      String of = "%s: %d of %d %s, %s left";
      String state = of.formatted(phase, done, total, Plural.noun(total, unit), left);
      say(detail.isEmpty() ? state : state + ", " + detail);
    }
  }

  @Override
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
