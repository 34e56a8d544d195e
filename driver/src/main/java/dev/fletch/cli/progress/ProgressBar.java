package dev.fletch.cli.progress;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** One line at the bottom of a terminal, redrawn in place. */
public final class ProgressBar implements Progress {
  private static final int CELLS = 24;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final TimeLeft timeLeft;
  private boolean isDrawn;

  public ProgressBar(PrintWriter out, LongSupplier nanos) {
    this.out = out;
    this.timeLeft = new TimeLeft(nanos);
  }

  @Override
  public synchronized void update(String phase, String unit, long done, long total, String detail) {
    int filled = total == 0 ? CELLS : (int) (CELLS * done / total);
    String bar = "#".repeat(filled) + "-".repeat(CELLS - filled);
    long percent = total == 0 ? 100 : 100 * done / total;
    String left = timeLeft.text(phase, done, total);
    String line = "%s [%s] %d%%, %s left".formatted(phase, bar, percent, left);
    out.print(CLEAR + line + (detail.isEmpty() ? "" : "  " + detail));
    out.flush();
    isDrawn = true;
  }

  @Override
  public synchronized void say(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  @Override
  public synchronized void close() {
    clear();
    out.flush();
  }

  private void clear() {
    if (isDrawn) {
      out.print(CLEAR);
      isDrawn = false;
    }
  }
}
