package dev.fletch.engine;

/** The part of {@link ArrayKernels} that slides windows. */
abstract class ArrayWindowKernels extends Kernels {
  static double[] arrayOf(Doubles doubles) {
    return doubles == null ? null : doubles.array();
  }

  @Override
  public final void unfold(Matrix x, Geometry g, boolean relu, Matrix out, Doubles means) {
    unfold(x, g, relu, out, arrayOf(means));
  }

  abstract void unfold(Matrix x, Geometry g, boolean relu, Matrix out, double[] means);

  @Override
  final void depthwise(
      Matrix x, Geometry g, Doubles weights, int offset, Matrix out, Doubles means) {
    depthwise(x, g, arrayOf(weights), offset, out, arrayOf(means));
  }

  abstract void depthwise(
      Matrix x, Geometry g, double[] weights, int offset, Matrix out, double[] means);

  @Override
  final void depthwise(
      Matrix x, SequenceWindow w, Doubles weights, int offset, Matrix out, Doubles means) {
    depthwise(x, w, arrayOf(weights), offset, out, arrayOf(means));
  }

  abstract void depthwise(
      Matrix x, SequenceWindow w, double[] weights, int offset, Matrix out, double[] means);

  @Override
  final void depthwiseBackward(
      Matrix x,
      Geometry g,
      Doubles weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      Doubles dweights) {
    depthwiseBackward(x, g, arrayOf(weights), offset, dout, dx, adds, arrayOf(dweights));
  }

  abstract void depthwiseBackward(
      Matrix x,
      Geometry g,
      double[] weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      double[] dweights);

  @Override
  final void depthwiseBackward(
      Matrix x,
      SequenceWindow w,
      Doubles weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      Doubles dweights) {
    depthwiseBackward(x, w, arrayOf(weights), offset, dout, dx, adds, arrayOf(dweights));
  }

  abstract void depthwiseBackward(
      Matrix x,
      SequenceWindow w,
      double[] weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      double[] dweights);

  @Override
  final void gather(Matrix x, Geometry g, int shift, boolean relu, Matrix out, Doubles means) {
    gather(x, g, shift, relu, out, arrayOf(means));
  }

  abstract void gather(Matrix x, Geometry g, int shift, boolean relu, Matrix out, double[] means);

  @Override
  final void gather(
      Matrix x, SequenceWindow w, int shift, boolean relu, Matrix out, Doubles means) {
    gather(x, w, shift, relu, out, arrayOf(means));
  }

  abstract void gather(
      Matrix x, SequenceWindow w, int shift, boolean relu, Matrix out, double[] means);

  @Override
  public final void cornerPool(Matrix x, Corners of, Matrix out) {
    CornerLoops.forward(x, of, out);
  }

  @Override
  public final void cornerPoolBackward(Matrix x, Corners of, Matrix dout, Matrix dx) {
    CornerLoops.backward(x, of, dout, dx);
  }
}
