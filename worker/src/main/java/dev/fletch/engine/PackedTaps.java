package dev.fletch.engine;

/**
 * One row of packed texts laid out with gaps between them, so that every tap of a window is a
 * constant offset from the output: what {@link Taps} is for images.
 *
 * <p>Output position o of text n has the flat index {@code starts[n] + n * gap + o}, as if the
 * stride were 1; the value under tap t lies at that index plus {@code t * dilation}.
 */
final class PackedTaps {
  /** Room behind the last position, so that vectors may run over. */
  private static final int SLACK = 64;

  private final SequenceWindow window;
  private final int[] in;
  private final int[] out;
  private final int padding;
  private final int gap;
  private final int[] offsets;

  PackedTaps(SequenceWindow window) {
    this.window = window;
    this.in = window.in().starts();
    this.out = window.out().starts();
    this.padding = window.padding();
    this.gap = window.dilation() * (window.kernel() - 1) - padding;
    this.offsets = new int[window.taps()];
    for (int tap = 0; tap < offsets.length; tap++) {
      offsets[tap] = tap * window.dilation();
    }
  }

  SequenceWindow window() {
    return window;
  }

  int[] offsets() {
    return offsets;
  }

  private int texts() {
    return in.length - 1;
  }

  /** Columns of the row that is laid out. */
  int columns() {
    return in[texts()];
  }

  int outColumns() {
    return out[texts()];
  }

  /** Length of the flat output, gaps included. */
  int flatLength() {
    return columns() + (texts() - 1) * gap;
  }

  /** Length of an array that holds a laid-out row, or a flat output. */
  int size() {
    return padding + flatLength() + gap + SLACK;
  }

  /** Where the first position is laid out. */
  int first() {
    return padding;
  }

  /** Copies a row into its layout, values below {@code least} as that; gaps keep their value. */
  void layOut(float[] row, float least, float[] target) {
    for (int n = 0; n < texts(); n++) {
      int to = padding + in[n] + n * gap;
      VectorLoops.copy(row, in[n], least, target, to, in[n + 1] - in[n]);
    }
  }

  /** Copies outputs to where their windows lie over the laid-out row, at {@code offset}. */
  void place(float[] outputs, float[] target, int offset) {
    int stride = window.stride();
    for (int n = 0; n < texts(); n++) {
      int to = offset + in[n] + n * gap - stride * out[n];
      for (int o = out[n]; o < out[n + 1]; o++) {
        target[to + stride * o] = outputs[o];
      }
    }
  }

  /** Copies flat outputs to where they belong. */
  void collect(float[] flat, float[] outputs) {
    int stride = window.stride();
    for (int n = 0; n < texts(); n++) {
      int from = in[n] + n * gap - stride * out[n];
      for (int o = out[n]; o < out[n + 1]; o++) {
        outputs[o] = flat[from + stride * o];
      }
    }
  }

  /** Copies positions that lie at {@code offset} of their flat index to where they belong. */
  void collectInputs(float[] flat, int offset, float[] row) {
    for (int n = 0; n < texts(); n++) {
      int from = offset + in[n] + n * gap;
      VectorLoops.copy(flat, from, row, in[n], in[n + 1] - in[n]);
    }
  }
}
