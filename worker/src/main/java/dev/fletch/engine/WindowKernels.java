package dev.fletch.engine;

/**
 * The operations that slide a window over images or texts: a plane is one image of one channel. Of
 * texts, what lies beyond an end is treated as what lies beyond the border of an image.
 */
public abstract class WindowKernels {
  // only implementations in this package
  WindowKernels() {}

  /**
   * Depthwise convolution of relu(x), its rows centred if {@code means} is given.
   *
   * @param x {@code [C, P]}, before the rectifier
   * @param weights {@code [C, taps]} at {@code offset}
   * @param out {@code [C, oP]}
   * @param means if not null, receives the mean of each row, which is then subtracted
   */
  public final void depthwise(
      Matrix x, Window w, Doubles weights, int offset, Matrix out, Doubles means) {
    if (w instanceof Geometry g) {
      depthwise(x, g, weights, offset, out, means);
    } else {
      depthwise(x, (SequenceWindow) w, weights, offset, out, means);
    }
  }

  /**
   * Backward of {@link #depthwise(Matrix, Window, double[], int, Matrix, double[])}.
   *
   * @param dout dL/d(out), rows of mean zero if the forward centred
   * @param dx receives dL/dx, or null
   * @param adds to what is in dx, in place of overwriting it
   * @param dweights added to at {@code offset}, or null
   */
  public final void depthwiseBackward(
      Matrix x,
      Window w,
      Doubles weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      Doubles dweights) {
    if (w instanceof Geometry g) {
      depthwiseBackward(x, g, weights, offset, dout, dx, adds, dweights);
    } else {
      depthwiseBackward(x, (SequenceWindow) w, weights, offset, dout, dx, adds, dweights);
    }
  }

  /**
   * relu(x) at every stride-th position from {@code shift}; positions beyond the border are 0.
   * Centred as in depthwise.
   */
  public final void gather(Matrix x, Window w, int shift, boolean relu, Matrix out, Doubles means) {
    if (w instanceof Geometry g) {
      gather(x, g, shift, relu, out, means);
    } else {
      gather(x, (SequenceWindow) w, shift, relu, out, means);
    }
  }

  /**
   * Backward of {@link #gather(Matrix, Window, int, boolean, Matrix, double[])}.
   *
   * @param adds to what is in {@code dx}, in place of overwriting it
   */
  public final void gatherBackward(
      Matrix x, Window w, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    if (w instanceof Geometry g) {
      gatherBackward(x, g, shift, relu, dout, dx, adds);
    } else {
      gatherBackward(x, (SequenceWindow) w, shift, relu, dout, dx, adds);
    }
  }

  /**
   * The pixels under every tap of a window, one row per channel and tap: what makes a dense
   * convolution one product.
   *
   * @param out {@code [C * k*k, N*oH*oW]}, row {@code c * k*k + tap}; centred as in depthwise
   */
  public abstract void unfold(Matrix x, Geometry g, boolean relu, Matrix out, Doubles means);

  /** Backward of {@link #unfold}: adds to {@code dx}. */
  public abstract void unfoldBackward(Matrix x, Geometry g, boolean relu, Matrix dout, Matrix dx);

  /** Maximum over windows without dilation; padding never wins. */
  public final void maxPool(Matrix x, Window w, Matrix out) {
    if (w instanceof Geometry g) {
      maxPool(x, g, out);
    } else {
      maxPool(x, (SequenceWindow) w, out);
    }
  }

  /** The gradient goes to the first maximum in row-major order of the window. */
  public final void maxPoolBackward(Matrix x, Window w, Matrix dout, Matrix dx) {
    if (w instanceof Geometry g) {
      maxPoolBackward(x, g, dout, dx);
    } else {
      maxPoolBackward(x, (SequenceWindow) w, dout, dx);
    }
  }

  /**
   * Maximum over windows of side 2 with stride 2; at odd sides the last windows hold fewer
   * positions.
   *
   * @param w only what it slides over matters; its stride is 2
   */
  public final void maxPool2(Matrix x, Window w, Matrix out) {
    if (w instanceof Geometry g) {
      maxPool2(x, g, out);
    } else {
      maxPool(x, ((SequenceWindow) w).pairs(), out);
    }
  }

  /** The gradient goes to the first maximum in row-major order of the window. */
  public final void maxPool2Backward(Matrix x, Window w, Matrix dout, Matrix dx) {
    if (w instanceof Geometry g) {
      maxPool2Backward(x, g, dout, dx);
    } else {
      maxPoolBackward(x, ((SequenceWindow) w).pairs(), dout, dx);
    }
  }

  /** Mean over windows without dilation; padding is not counted in the divisor. */
  public final void averagePool(Matrix x, Window w, Matrix out) {
    if (w instanceof Geometry g) {
      averagePool(x, g, out);
    } else {
      averagePool(x, (SequenceWindow) w, out);
    }
  }

  /** Backward of {@link #averagePool(Matrix, Window, Matrix)}: adds to {@code dx}. */
  public final void averagePoolBackward(Window w, Matrix dout, Matrix dx) {
    if (w instanceof Geometry g) {
      averagePoolBackward(g, dout, dx);
    } else {
      averagePoolBackward((SequenceWindow) w, dout, dx);
    }
  }

  /**
   * Mean of relu(x) over windows in the corners of images.
   *
   * @param out {@code [C, 2*2*N]}
   */
  public abstract void cornerPool(Matrix x, Corners of, Matrix out);

  /** Backward of {@link #cornerPool}: adds to {@code dx}. */
  public abstract void cornerPoolBackward(Matrix x, Corners of, Matrix dout, Matrix dx);

  abstract void depthwise(
      Matrix x, Geometry g, Doubles weights, int offset, Matrix out, Doubles means);

  abstract void depthwise(
      Matrix x, SequenceWindow w, Doubles weights, int offset, Matrix out, Doubles means);

  abstract void depthwiseBackward(
      Matrix x,
      Geometry g,
      Doubles weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      Doubles dweights);

  abstract void depthwiseBackward(
      Matrix x,
      SequenceWindow w,
      Doubles weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      Doubles dweights);

  abstract void gather(Matrix x, Geometry g, int shift, boolean relu, Matrix out, Doubles means);

  abstract void gather(
      Matrix x, SequenceWindow w, int shift, boolean relu, Matrix out, Doubles means);

  abstract void gatherBackward(
      Matrix x, Geometry g, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds);

  abstract void gatherBackward(
      Matrix x, SequenceWindow w, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds);

  abstract void maxPool(Matrix x, Geometry g, Matrix out);

  abstract void maxPool(Matrix x, SequenceWindow w, Matrix out);

  abstract void maxPoolBackward(Matrix x, Geometry g, Matrix dout, Matrix dx);

  abstract void maxPoolBackward(Matrix x, SequenceWindow w, Matrix dout, Matrix dx);

  abstract void maxPool2(Matrix x, Geometry g, Matrix out);

  abstract void maxPool2Backward(Matrix x, Geometry g, Matrix dout, Matrix dx);

  abstract void averagePool(Matrix x, Geometry g, Matrix out);

  abstract void averagePool(Matrix x, SequenceWindow w, Matrix out);

  abstract void averagePoolBackward(Geometry g, Matrix dout, Matrix dx);

  abstract void averagePoolBackward(SequenceWindow w, Matrix dout, Matrix dx);
}
