package dev.fletch.engine;

/**
 * How a window slides over each of several texts: beyond the ends of a text lies padding, never
 * another text.
 *
 * @param in the positions it slides over
 * @param kernel positions of the window: odd, or 2 with stride 2 for pairs without padding
 * @param stride 1 or 2; ceil(length / stride) positions of each text are left
 */
record SequenceWindow(Sequences in, int kernel, int stride, int dilation) implements Window {
  SequenceWindow {
    boolean pairs = kernel == 2 && stride == 2 && dilation == 1;
    if (kernel < 1 || (kernel % 2 == 0 && !pairs) || stride < 1 || stride > 2 || dilation < 1) {
      throw new IllegalArgumentException(
          "Invalid window: kernel "
              + kernel
              + " (odd), stride "
              + stride
              + " (1 or 2), dilation "
              + dilation
              + " on texts");
    }
  }

  /** What is done for each output and each of its taps that lies within the text. */
  interface Visitor {
    /**
     * @param out column of the output
     * @param in column of the input that lies under the tap
     */
    void visit(int out, int in, int tap);
  }

  @Override
  public int taps() {
    return kernel;
  }

  int padding() {
    return dilation * (kernel - 1) / 2;
  }

  /** The positions that are left. */
  Sequences out() {
    return in.strided(stride);
  }

  /** Two positions next to each other, at odd lengths the last one alone. */
  SequenceWindow pairs() {
    return new SequenceWindow(in, 2, 2, 1);
  }

  /** All outputs in order, and their taps from left to right. */
  void slide(Visitor visitor) {
    int[] from = in.starts();
    int[] to = out().starts();
    for (int n = 0; n + 1 < from.length; n++) {
      int length = from[n + 1] - from[n];
      for (int o = to[n]; o < to[n + 1]; o++) {
        int first = (o - to[n]) * stride - padding();
        for (int tap = 0; tap < kernel; tap++) {
          int i = first + tap * dilation;
          if (i >= 0 && i < length) {
            visitor.visit(o, from[n] + i, tap);
          }
        }
      }
    }
  }

  /** Positions of its text under each output. */
  int[] counts() {
    int[] counts = new int[out().columns()];
    slide((o, i, tap) -> counts[o]++);
    return counts;
  }
}
