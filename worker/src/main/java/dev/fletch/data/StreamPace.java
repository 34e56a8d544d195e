package dev.fletch.data;

import java.util.Arrays;

/**
 * The windows that one epoch after the other reads of a stream's rows: each from where the one
 * before it ends, and the last to the end of the rows, so that every word is a target once.
 *
 * @param bptt words of a window as a rule
 * @param seed decides the lengths of windows that are drawn
 * @param targets of every row: its words but the first
 */
record StreamPace(Windows windows, int bptt, long seed, int targets) implements Pace {
  private static final long serialVersionUID = 1L;

  @Override
  public int steps(int epoch) {
    return starts(epoch).length - 1;
  }

  /**
   * {@inheritDoc} The words of the step's window in relation to those that windows have as a rule,
   * as quark0/darts scales it; where the row's end cuts a window, it is that of the whole window.
   */
  @Override
  public double rateFactor(StepId at) {
    return (double) windows.length(bptt, seed, at) / bptt;
  }

  /** Where every window of an epoch begins in the rows, and at last where the last one ends. */
  int[] starts(int epoch) {
    int[] starts = new int[16];
    int count = 0;
    int at = 0;
    while (at < targets) {
      if (count + 1 == starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
      }
      at = Math.min(targets, at + windows.length(bptt, seed, new StepId(epoch, count)));
      starts[++count] = at;
    }
    return Arrays.copyOf(starts, count + 1);
  }
}
