package dev.fletch.engine;

import java.util.Arrays;

/** Every stride-th pixel of a channel, and the way back; a pixel is a run of a value per image. */
final class GatherLoops {
  private GatherLoops() {}

  /** Copies the pixels; those beyond the border are 0. */
  static void pick(float[] in, Geometry g, int shift, int images, float[] out) {
    for (int y = 0; y < g.outHeight(); y++) {
      int row = y * g.stride() + shift;
      for (int x = 0; x < g.outWidth(); x++) {
        int column = x * g.stride() + shift;
        int to = (y * g.outWidth() + x) * images;
        if (row < g.height() && column < g.width()) {
          System.arraycopy(in, (row * g.width() + column) * images, out, to, images);
        } else {
          Arrays.fill(out, to, to + images, 0);
        }
      }
    }
  }

  /** Puts the pixels back where they came from; the others keep their value. */
  static void unpick(float[] gradient, Geometry g, int shift, int images, float[] spread) {
    for (int y = 0; y < g.outHeight(); y++) {
      int row = y * g.stride() + shift;
      for (int x = 0; x < g.outWidth(); x++) {
        int column = x * g.stride() + shift;
        if (row < g.height() && column < g.width()) {
          int from = (y * g.outWidth() + x) * images;
          System.arraycopy(gradient, from, spread, (row * g.width() + column) * images, images);
        }
      }
    }
  }
}
