package dev.fletch.data;

/** An image of the size {@code [C, H, W]}. */
public record ImageShape(int channels, int height, int width) implements Input {
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Invalid image shape "
              + channels
              + "x"
              + height
              + "x"
              + width
              + ": every side must be >= 1");
    }
  }

  @Override
  public int dimensions() {
    return ImageFormat.DIMENSIONS;
  }

  /** Number of values in one image. */
  public int values() {
    return channels * height * width;
  }

  /** As written in configuration and messages: {@code 3x32x32}. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
