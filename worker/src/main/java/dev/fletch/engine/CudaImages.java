package dev.fletch.engine;

import dev.fletch.cuda.Arguments;

/**
 * How a window slides over the images of a matrix, as kernels take it: the pixel under tap (i, j)
 * of output (y, x) is {@code (y * stride + first + i * dilation, x * stride + first + j *
 * dilation)}.
 */
record CudaImages(
    int height,
    int width,
    int outHeight,
    int outWidth,
    int images,
    int kernel,
    int stride,
    int dilation,
    int first) {
  private static final int NUMBERS = 9;

  /** Images of a pixel that a thread takes together, if their number allows. */
  private static final int RUN = 4;

  static CudaImages of(Geometry g, Matrix x) {
    return of(g, x, g.kernel(), -g.padding());
  }

  /** A window with a single tap, from {@code shift} on. */
  static CudaImages single(Geometry g, int shift, Matrix x) {
    return of(g, x, 1, shift);
  }

  private static CudaImages of(Geometry g, Matrix x, int kernel, int first) {
    return new CudaImages(
        g.height(),
        g.width(),
        g.outHeight(),
        g.outWidth(),
        x.columnCount() / g.pixels(),
        kernel,
        g.stride(),
        g.dilation(),
        first);
  }

  /** Windows of side 2 next to each other. */
  static CudaImages pairs(Geometry g, Matrix x) {
    int images = x.columnCount() / g.pixels();
    return new CudaImages(
        g.height(), g.width(), (g.height() + 1) / 2, (g.width() + 1) / 2, images, 2, 2, 1, 0);
  }

  int columns() {
    return height * width * images;
  }

  int outColumns() {
    return outHeight * outWidth * images;
  }

  int taps() {
    return kernel * kernel;
  }

  /** Images that a thread takes together: whether a pixel's values begin at multiples of 16. */
  int run() {
    return images % RUN == 0 ? RUN : 1;
  }

  Arguments addTo(Arguments arguments) {
    int[] numbers = {
      height, width, outHeight, outWidth, images, kernel, stride, dilation, first,
    };
    return arguments.numbers(numbers, NUMBERS);
  }
}
