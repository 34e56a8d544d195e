package dev.fletch.data;

import java.util.List;

/**
 * One image of any size, apart in its colours.
 *
 * @param planes red, green and blue, each {@code [H, W]} of values 0 to 255; a grey image has the
 *     same array three times
 */
record ImagePlanes(int height, int width, List<byte[]> planes) {
  ImagePlanes {
    planes = List.copyOf(planes);
    if (planes.size() != 3) {
      throw new IllegalArgumentException("Three planes are needed, got " + planes.size());
    }
    for (byte[] plane : planes) {
      if (plane.length != height * width) {
        throw new IllegalArgumentException(
            "A plane of %d pixels for %d rows of %d".formatted(plane.length, height, width));
      }
    }
  }

  static ImagePlanes grey(int height, int width, byte[] plane) {
    return new ImagePlanes(height, width, List.of(plane, plane, plane));
  }

  /** Writes the middle square, resized, as {@code [3, side, side]} from {@code to} on. */
  void square(int side, byte[] out, int to) {
    ImageShape shape = new ImageShape(1, height, width);
    for (int i = 0; i < planes.size(); i++) {
      int at = to + i * side * side;
      if (i > 0 && planes.get(i) == planes.get(i - 1)) {
        System.arraycopy(out, at - side * side, out, at, side * side);
      } else {
        Resampling.square(planes.get(i), 0, shape, side, out, at);
      }
    }
  }
}
