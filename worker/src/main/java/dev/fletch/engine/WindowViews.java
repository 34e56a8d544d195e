package dev.fletch.engine;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Pixels as a window sees them: shifted, strided views of images that have a border. What is
 * written to a view is written to the images.
 */
final class WindowViews {
  private WindowViews() {}

  /** {@code [C, H*W*N]} seen as {@code [C, H, W, N]}. */
  static INDArray planes(Matrix x, int height, int width) {
    return x.array().reshape('c', x.rowCount(), height, width, x.columnCount() / (height * width));
  }

  /** A copy within a border as wide as the window's padding, (rectified,) as {@link #planes}. */
  static INDArray padded(Matrix x, Geometry g, boolean relu, double border) {
    INDArray pixels = planes(x, g.height(), g.width());
    INDArray padded =
        Nd4j.valueArrayOf(
            new long[] {
              pixels.size(0),
              g.height() + 2L * g.padding(),
              g.width() + 2L * g.padding(),
              pixels.size(3)
            },
            border,
            pixels.dataType());
    interior(padded, g).assign(relu ? rectified(pixels) : pixels);
    return padded;
  }

  /** A copy: {@code Nd4j.nn.relu} would overwrite the pixels themselves. */
  private static INDArray rectified(INDArray pixels) {
    return Transforms.relu(pixels, true);
  }

  /** The images within their border. */
  static INDArray interior(INDArray padded, Geometry g) {
    return view(
        padded,
        NDArrayIndex.interval(g.padding(), g.padding() + g.height()),
        NDArrayIndex.interval(g.padding(), g.padding() + g.width()));
  }

  /** The pixels under one tap of the window, {@code [C, oH, oW, N]}. */
  static INDArray tap(INDArray padded, Geometry g, int tap) {
    int top = tap / g.kernel() * g.dilation();
    int left = tap % g.kernel() * g.dilation();
    return view(
        padded, every(g.stride(), top, g.outHeight()), every(g.stride(), left, g.outWidth()));
  }

  /**
   * One more row and column of zeros, so that a shifted gather of an odd image has something to
   * read.
   */
  static INDArray withBorder(INDArray pixels, Geometry g, boolean relu) {
    INDArray bordered =
        Nd4j.zeros(
            pixels.dataType(), pixels.size(0), g.height() + 1L, g.width() + 1L, pixels.size(3));
    corner(bordered, g).assign(relu ? rectified(pixels) : pixels);
    return bordered;
  }

  /** The images of {@link #withBorder}. */
  static INDArray corner(INDArray bordered, Geometry g) {
    return view(
        bordered, NDArrayIndex.interval(0, g.height()), NDArrayIndex.interval(0, g.width()));
  }

  /** Every stride-th pixel from {@code shift} on, of {@link #withBorder}. */
  static INDArray every(INDArray bordered, Geometry g, int shift) {
    return view(
        bordered, every(g.stride(), shift, g.outHeight()), every(g.stride(), shift, g.outWidth()));
  }

  /** A stride over a single pixel is one that the library gets wrong: it needs none. */
  private static INDArrayIndex every(int stride, int first, int count) {
    return count == 1
        ? NDArrayIndex.interval(first, first + 1L)
        : NDArrayIndex.interval(first, stride, first + (count - 1L) * stride + 1);
  }

  private static INDArray view(INDArray array, INDArrayIndex rows, INDArrayIndex columns) {
    return array.get(NDArrayIndex.all(), rows, columns, NDArrayIndex.all());
  }

  /** How many pixels, not counting padding, each window of an average pool holds. */
  static INDArray counts(Geometry g, INDArray like) {
    INDArray ones =
        Nd4j.zeros(
            like.dataType(), 1, g.height() + 2L * g.padding(), g.width() + 2L * g.padding(), 1);
    interior(ones, g).assign(1);
    INDArray counts = Nd4j.zeros(like.dataType(), 1, g.outHeight(), g.outWidth(), 1);
    for (int tap = 0; tap < g.taps(); tap++) {
      counts.addi(tap(ones, g, tap));
    }
    return counts;
  }
}
