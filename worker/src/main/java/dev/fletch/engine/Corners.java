package dev.fletch.engine;

/**
 * Four overlapping windows in the corners of an image, of 5/8 of each side (rounded up): 5x5 with
 * stride 3 on 8x8 and with stride 2 on 7x7.
 */
public record Corners(int height, int width) {
  /** How many there are. */
  public static final int COUNT = 4;

  public int windowHeight() {
    return (5 * height + 7) / 8;
  }

  public int windowWidth() {
    return (5 * width + 7) / 8;
  }

  /** The pixel in which window {@code i} begins. */
  int first(int i) {
    int top = i / 2 * (height - windowHeight());
    int left = i % 2 * (width - windowWidth());
    return top * width + left;
  }
}
