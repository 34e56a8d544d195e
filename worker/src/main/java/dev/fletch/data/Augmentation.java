package dev.fletch.data;

import dev.fletch.data.SeededRandom.Purpose;
import java.util.Arrays;

/**
 * Makes network input from the pixels of one image; for training, with random changes that depend
 * on (seed, epoch, example) only.
 */
final class Augmentation {
  private final AugmentationSettings settings;
  private final ImageShape shape;
  private final float[][] table;
  private final long seed;

  Augmentation(
      AugmentationSettings settings, ImageShape shape, Normalisation normalisation, long seed) {
    this.settings = settings;
    this.shape = shape;
    this.table = normalisation.table();
    this.seed = seed;
  }

  /**
   * Normalises the image that starts at {@code from} in {@code pixels} and writes it to {@code out}
   * from {@code to} on.
   */
  void plain(byte[] pixels, int from, float[] out, int to) {
    write(pixels, from, 0, 0, false, out, to);
  }

  /** As {@link #plain}, with random crop, flip and cutout. */
  void random(byte[] pixels, int from, int epoch, int example, float[] out, int to) {
    int padding = settings.cropPadding();
    SeededRandom crop = SeededRandom.of(Purpose.CROP, seed, epoch, example);
    int dy = crop.below(2 * padding + 1) - padding;
    int dx = crop.below(2 * padding + 1) - padding;
    boolean flip =
        settings.flip() && SeededRandom.of(Purpose.FLIP, seed, epoch, example).below(2) == 1;
    write(pixels, from, dy, dx, flip, out, to);
    if (settings.cutout() > 0) {
      SeededRandom random = SeededRandom.of(Purpose.CUTOUT, seed, epoch, example);
      cutout(random.below(shape.height()), random.below(shape.width()), out, to);
    }
  }

  /**
   * Shows the image through a window moved by (dy, dx), then mirrored. Outside the image the pixels
   * are 0, before normalisation.
   */
  void write(byte[] pixels, int from, int dy, int dx, boolean flip, float[] out, int to) {
    int height = shape.height();
    int width = shape.width();
    int target = to;
    for (int channel = 0; channel < shape.channels(); channel++) {
      float[] values = table[channel];
      for (int y = 0; y < height; y++) {
        int sourceY = y + dy;
        boolean inside = sourceY >= 0 && sourceY < height;
        int row = from + (channel * height + sourceY) * width;
        for (int x = 0; x < width; x++) {
          int sourceX = (flip ? width - 1 - x : x) + dx;
          boolean visible = inside && sourceX >= 0 && sourceX < width;
          out[target++] = values[visible ? Byte.toUnsignedInt(pixels[row + sourceX]) : 0];
        }
      }
    }
  }

  /** Sets the square around (y, x), cut at the borders, to 0 in all channels. */
  void cutout(int y, int x, float[] out, int to) {
    int side = settings.cutout();
    int top = Math.max(0, y - side / 2);
    int bottom = Math.min(shape.height(), y - side / 2 + side);
    int left = Math.max(0, x - side / 2);
    int right = Math.min(shape.width(), x - side / 2 + side);
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = top; row < bottom; row++) {
        int start = to + (channel * shape.height() + row) * shape.width();
        Arrays.fill(out, start + left, start + right, 0f);
      }
    }
  }
}
