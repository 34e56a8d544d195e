package dev.fletch.engine;

/**
 * How a square window slides over an image: "same" padding of {@code dilation * (kernel - 1) / 2}
 * zeros on every side.
 *
 * @param kernel side of the window, odd
 * @param stride 1 or 2; the output has ceil(side / stride) pixels a side, for odd sides too
 */
public record Geometry(int height, int width, int kernel, int stride, int dilation)
    implements Window {
  public Geometry {
    if (height < 1
        || width < 1
        || kernel < 1
        || kernel % 2 == 0
        || stride < 1
        || stride > 2
        || dilation < 1) {
      throw new IllegalArgumentException(
          "Invalid window: kernel "
              + kernel
              + " (odd), stride "
              + stride
              + " (1 or 2), dilation "
              + dilation
              + " on "
              + height
              + "x"
              + width);
    }
  }

  public int padding() {
    return dilation * (kernel - 1) / 2;
  }

  public int outHeight() {
    return (height + stride - 1) / stride;
  }

  public int outWidth() {
    return (width + stride - 1) / stride;
  }

  public int pixels() {
    return height * width;
  }

  public int outPixels() {
    return outHeight() * outWidth();
  }

  @Override
  public int taps() {
    return kernel * kernel;
  }
}
