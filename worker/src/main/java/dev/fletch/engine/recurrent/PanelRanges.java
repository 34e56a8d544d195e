package dev.fletch.engine.recurrent;

import dev.fletch.engine.Parallel;

/**
 * Splits panels into ranges that threads take: what is multiplied with a range's panels is read
 * from memory once and then from a cache. Ranges change no result.
 */
final class PanelRanges {
  /** So that a thread that is held up is helped by the others. */
  private static final int PER_THREAD = 2;

  private final int panels;
  private final int ranges;
  private final Parallel parallel;

  PanelRanges(int panels, Parallel parallel) {
    this.panels = panels;
    this.ranges = Math.min(panels, PER_THREAD * parallel.threads());
    this.parallel = parallel;
  }

  /** Something done to panels {@code [from, to)}. */
  interface Body {
    void accept(int from, int to);
  }

  void forEach(Body body) {
    parallel.forEach(ranges, r -> body.accept(panels * r / ranges, panels * (r + 1) / ranges));
  }

  /** The same for several things, the first of them first. */
  void forEach(int things, OfThing body) {
    parallel.forEach(
        things * ranges,
        task -> {
          int r = task % ranges;
          body.accept(task / ranges, panels * r / ranges, panels * (r + 1) / ranges);
        });
  }

  /** Something done to panels {@code [from, to)} of one of several things. */
  interface OfThing {
    void accept(int thing, int from, int to);
  }
}
