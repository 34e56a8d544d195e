package dev.fletch.engine;

/**
 * How a window slides over examples: padded alike at all ends, by {@code dilation * (kernel - 1) /
 * 2}, so that stride 1 keeps their size.
 */
public sealed interface Window permits Geometry, SequenceWindow {
  /** Side of the window. */
  int kernel();

  int stride();

  /** Positions from one tap to the next. */
  int dilation();

  /** Positions under the window. */
  int taps();

  /** As named in profiles, for example {@code 3x3 dilated}. */
  default String text() {
    String sides = taps() == kernel() ? "" + kernel() : kernel() + "x" + kernel();
    return sides + (dilation() > 1 ? " dilated" : "") + (stride() > 1 ? " stride 2" : "");
  }
}
