package dev.fletch.engine;

import dev.fletch.engine.DepthwiseLoops.Gradients;

/**
 * The part of {@link VectorKernels} that knows where texts begin and end, and what works on single
 * elements: every row is copied to the heap once and back once.
 */
abstract class VectorTextKernels extends VectorRowKernels {
  VectorTextKernels(Parallel parallel) {
    super(parallel);
  }

  @Override
  void depthwise(
      Matrix x, SequenceWindow w, double[] weights, int offset, Matrix out, double[] means) {
    PackedTaps taps = new PackedTaps(w);
    parallel()
        .forEach(
            x.rowCount(),
            c -> {
              float[] kernel = kernel(weights, offset + c * w.taps(), w.taps());
              CachedRow.store(TextLoops.convolve(taps, kernel, x, c), out, c, means);
            });
  }

  @Override
  void depthwiseBackward(
      Matrix x,
      SequenceWindow w,
      double[] weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      double[] dweights) {
    PackedTaps taps = new PackedTaps(w);
    parallel()
        .forEach(
            x.rowCount(),
            c -> {
              int first = offset + c * w.taps();
              float[] flipped = dx == null ? null : flipped(weights, first, w.taps());
              TextLoops.convolveBackward(
                  taps, x, c, dout, new Gradients(flipped, dx, adds, dweights, first));
            });
  }

  @Override
  void gather(Matrix x, SequenceWindow w, int shift, boolean relu, Matrix out, double[] means) {
    parallel()
        .forEach(
            x.rowCount(),
            c -> CachedRow.store(TextLoops.pick(w, shift, relu, x, c), out, c, means));
  }

  @Override
  void gatherBackward(
      Matrix x, SequenceWindow w, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    parallel()
        .forEach(
            x.rowCount(),
            c -> {
              float[] spread = TextLoops.unpick(w, shift, dout, c);
              if (relu) {
                float[] in = CachedRow.channel(Workspace.current(), 0, x, c);
                VectorLoops.keepWherePositive(in, spread, x.columnCount());
              }
              put(spread, dx, c, adds);
            });
  }

  /** Overwrites a row, or adds to it. */
  private static void put(float[] values, Matrix to, int row, boolean adds) {
    if (!adds) {
      CachedRow.put(values, to, row);
      return;
    }
    float[] target = CachedRow.channel(Workspace.current(), 5, to, row);
    VectorLoops.add(values, target, to.columnCount());
    CachedRow.put(target, to, row);
  }

  @Override
  void maxPool(Matrix x, SequenceWindow w, Matrix out) {
    PackedTaps taps = new PackedTaps(w);
    parallel().forEach(x.rowCount(), c -> TextLoops.largest(taps, x, c, out));
  }

  @Override
  void maxPoolBackward(Matrix x, SequenceWindow w, Matrix dout, Matrix dx) {
    PackedTaps taps = new PackedTaps(w);
    parallel().forEach(x.rowCount(), c -> TextLoops.largestBackward(taps, x, c, dout, dx));
  }

  @Override
  void averagePool(Matrix x, SequenceWindow w, Matrix out) {
    PackedTaps taps = new PackedTaps(w);
    float[] shares = TextLoops.shares(w);
    parallel().forEach(x.rowCount(), c -> TextLoops.mean(taps, shares, x, c, out));
  }

  @Override
  void averagePoolBackward(SequenceWindow w, Matrix dout, Matrix dx) {
    PackedTaps taps = new PackedTaps(w);
    float[] shares = TextLoops.shares(w);
    parallel().forEach(dx.rowCount(), c -> TextLoops.meanBackward(taps, shares, c, dout, dx));
  }

  @Override
  public void apply(ElementFunction f, Matrix x, Matrix y) {
    parallel()
        .forEach(
            x.rowCount(),
            c -> {
              float[] row = CachedRow.channel(Workspace.current(), 0, x, c);
              ElementLoops.apply(f, row, row, x.columnCount());
              CachedRow.put(row, y, c);
            });
  }

  @Override
  public void applyBackward(ElementFunction f, Matrix x, Matrix dy, Matrix dx, boolean adds) {
    parallel()
        .forEach(
            x.rowCount(),
            c -> {
              Workspace ws = Workspace.current();
              float[] gradient = CachedRow.channel(ws, 1, dy, c);
              float[] in = CachedRow.channel(ws, 0, x, c);
              ElementLoops.applyBackward(f, in, gradient, x.columnCount());
              put(gradient, dx, c, adds);
            });
  }

  @Override
  public void multiplyElements(Matrix x, Matrix y, Matrix out, boolean adds) {
    parallel()
        .forEach(
            x.rowCount(),
            c -> {
              Workspace ws = Workspace.current();
              float[] left = CachedRow.channel(ws, 0, x, c);
              float[] right = CachedRow.channel(ws, 1, y, c);
              for (int i = 0; i < x.columnCount(); i++) {
                left[i] *= right[i];
              }
              put(left, out, c, adds);
            });
  }

  @Override
  public void exampleMeans(Matrix x, Examples examples, double[] means) {
    int count = examples.count();
    parallel()
        .forEach(
            x.rowCount(),
            c -> {
              Workspace ws = Workspace.current();
              float[] row = CachedRow.channel(ws, 0, x, c);
              for (int n = 0; n < count; n++) {
                int length = examples.length(n);
                float[] values = ws.array(1, length + VectorLoops.LANES);
                ExampleLoops.take(row, examples, n, values, 0);
                means[c * count + n] = VectorLoops.sum(values, length) / length;
              }
            });
  }

  @Override
  public void addToExamples(double[] values, Examples examples, Matrix x) {
    int count = examples.count();
    parallel()
        .forEach(
            x.rowCount(),
            c -> {
              float[] row = CachedRow.channel(Workspace.current(), 0, x, c);
              for (int n = 0; n < count; n++) {
                ExampleLoops.add((float) values[c * count + n], examples, n, row);
              }
              CachedRow.put(row, x, c);
            });
  }

  @Override
  public void scaleExamples(Matrix x, double[] factors, Examples examples, Matrix y, boolean adds) {
    parallel()
        .forEach(
            x.rowCount(),
            c -> {
              float[] row = CachedRow.channel(Workspace.current(), 0, x, c);
              for (int n = 0; n < examples.count(); n++) {
                ExampleLoops.scale((float) factors[n], examples, n, row);
              }
              put(row, y, c, adds);
            });
  }

  @Override
  public void attend(Matrix x, Examples examples, int heads, Matrix out) {
    parallel()
        .forEach(
            heads * examples.count(),
            i -> new AttentionLoops(x, examples, i / heads, i % heads, heads).forward(out));
  }

  @Override
  public void attendBackward(Matrix x, Examples examples, int heads, Matrix dout, Matrix dx) {
    parallel()
        .forEach(
            heads * examples.count(),
            i -> new AttentionLoops(x, examples, i / heads, i % heads, heads).backward(dout, dx));
  }

  @Override
  public void embed(int[] words, double[] table, int offset, Matrix out) {
    int rows = out.rowCount();
    parallel()
        .forEach(
            rows,
            c -> {
              float[] row = Workspace.current().array(0, words.length);
              for (int i = 0; i < words.length; i++) {
                row[i] = (float) table[offset + words[i] * rows + c];
              }
              CachedRow.put(row, out, c);
            });
  }

  @Override
  public void embedBackward(int[] words, Matrix dout, double[] dtable, int offset) {
    int rows = dout.rowCount();
    parallel()
        .forEach(
            rows,
            c -> {
              float[] row = CachedRow.channel(Workspace.current(), 0, dout, c);
              for (int i = 0; i < words.length; i++) {
                dtable[offset + words[i] * rows + c] += row[i];
              }
            });
  }

  static float[] kernel(double[] weights, int from, int taps) {
    float[] kernel = new float[taps];
    for (int t = 0; t < taps; t++) {
      kernel[t] = (float) weights[from + t];
    }
    return kernel;
  }

  static float[] flipped(double[] weights, int from, int taps) {
    float[] kernel = new float[taps];
    for (int t = 0; t < taps; t++) {
      kernel[t] = (float) weights[from + taps - 1 - t];
    }
    return kernel;
  }
}
