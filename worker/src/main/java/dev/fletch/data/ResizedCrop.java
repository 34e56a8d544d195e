package dev.fletch.data;

import dev.fletch.data.Resampling.Window;

/**
 * A random window of an image, resized to the input's size: its area uniform in {@code [least, 1]}
 * of the image's, the logarithm of its sides' ratio uniform between 3/4 and 4/3 (Szegedy et al.,
 * 2015; torchvision's RandomResizedCrop).
 */
final class ResizedCrop {
  private static final double WIDEST = 4.0 / 3;
  private static final int TRIES = 10;

  private final double least;
  private final ImageShape stored;
  private final ImageShape input;

  ResizedCrop(double least, ImageShape stored, ImageShape input) {
    this.least = least;
    this.stored = stored;
    this.input = input;
  }

  /** A window that lies within the image; after ten that do not, the largest in its middle. */
  Window draw(SeededRandom random) {
    int height = stored.height();
    int width = stored.width();
    for (int i = 0; i < TRIES; i++) {
      double area = (least + random.unit() * (1 - least)) * height * width;
      double ratio = Math.exp((2 * random.unit() - 1) * Math.log(WIDEST));
      int w = (int) Math.round(Math.sqrt(area * ratio));
      int h = (int) Math.round(Math.sqrt(area / ratio));
      if (w > 0 && h > 0 && w <= width && h <= height) {
        int top = random.below(height - h + 1);
        return new Window(0, width, top, random.below(width - w + 1), h, w);
      }
    }
    int w = Math.min(width, (int) Math.round(height * WIDEST));
    int h = Math.min(height, (int) Math.round(width * WIDEST));
    return new Window(0, width, (height - h) / 2, (width - w) / 2, h, w);
  }

  /**
   * Writes the window, mirrored if {@code flip}, as values 0 to 1 {@code [C, H, W]}.
   *
   * @param from where the image begins in {@code pixels}
   */
  void write(byte[] pixels, int from, Window window, boolean flip, float[] out, int to) {
    int height = input.height();
    int width = input.width();
    for (int channel = 0; channel < input.channels(); channel++) {
      int offset = from + channel * stored.height() * stored.width();
      Resampling.resize(
          pixels, window.at(offset), height, width, out, to + channel * height * width);
    }
    for (int row = to; row < to + input.values(); row += width) {
      for (int x = 0; x < (flip ? width / 2 : 0); x++) {
        float left = out[row + x];
        out[row + x] = out[row + width - 1 - x];
        out[row + width - 1 - x] = left;
      }
    }
    for (int i = to; i < to + input.values(); i++) {
      out[i] /= 255;
    }
  }
}
