package dev.fletch.data;

import dev.fletch.data.SeededRandom.Purpose;
import java.util.Arrays;

/**
 * Makes network input from the pixels of one image; for training, with random changes that depend
 * on (seed, epoch, example) only.
 */
final class Augmentation {
  private final AugmentationSettings settings;
  private final ImageShape stored;
  private final ImageShape shape;
  private final Normalisation normalisation;
  private final float[][] table;
  private final float[][] asIs;
  private final ResizedCrop resized;
  private final ColourJitter colours;
  private final long seed;

  /**
   * @param stored the images as they lie in memory
   * @param shape of the network's input; no larger
   * @throws DataException if the images have no colours, but the settings change them
   */
  Augmentation(
      AugmentationSettings settings,
      ImageShape stored,
      ImageShape shape,
      Normalisation normalisation,
      long seed) {
    settings.checkFor(shape);
    this.settings = settings;
    this.stored = stored;
    this.shape = shape;
    this.normalisation = normalisation;
    this.table = normalisation.table();
    this.asIs = Normalisation.none(shape.channels()).table();
    this.resized =
        settings.resizedCrop() > 0 ? new ResizedCrop(settings.resizedCrop(), stored, shape) : null;
    this.colours =
        settings.colours().equals(ColourSettings.NONE)
            ? null
            : new ColourJitter(settings.colours(), shape);
    this.seed = seed;
  }

  /**
   * Normalises the middle of the image that starts at {@code from} in {@code pixels} and writes it
   * to {@code out} from {@code to} on.
   */
  void plain(byte[] pixels, int from, float[] out, int to) {
    int dy = (stored.height() - shape.height()) / 2;
    write(pixels, from, dy, (stored.width() - shape.width()) / 2, false, out, to);
  }

  /** As {@link #plain}, with random crop, flip, colours and cutout. */
  void random(byte[] pixels, int from, int epoch, int example, float[] out, int to) {
    SeededRandom crop = SeededRandom.of(Purpose.CROP, seed, epoch, example);
    boolean flip =
        settings.flip() && SeededRandom.of(Purpose.FLIP, seed, epoch, example).below(2) == 1;
    if (resized == null) {
      int padding = settings.cropPadding();
      int dy = crop.below(stored.height() - shape.height() + 2 * padding + 1) - padding;
      int dx = crop.below(stored.width() - shape.width() + 2 * padding + 1) - padding;
      show(colours == null ? table : asIs, pixels, from, dy, dx, flip, out, to);
    } else {
      resized.write(pixels, from, resized.draw(crop), flip, out, to);
    }
    if (colours != null) {
      colours.change(SeededRandom.of(Purpose.COLOURS, seed, epoch, example), out, to);
    }
    if (resized != null || colours != null) {
      normalisation.apply(out, to, shape);
    }
    if (settings.cutout() > 0) {
      SeededRandom random = SeededRandom.of(Purpose.CUTOUT, seed, epoch, example);
      cutout(random.below(shape.height()), random.below(shape.width()), out, to);
    }
  }

  /**
   * Shows the image through a window at (dy, dx), then mirrored. Outside the image the pixels are
   * 0, before normalisation.
   */
  void write(byte[] pixels, int from, int dy, int dx, boolean flip, float[] out, int to) {
    show(table, pixels, from, dy, dx, flip, out, to);
  }

  private void show(
      float[][] table, byte[] pixels, int from, int dy, int dx, boolean flip, float[] out, int to) {
    int height = shape.height();
    int width = shape.width();
    int target = to;
    for (int channel = 0; channel < shape.channels(); channel++) {
      float[] values = table[channel];
      for (int y = 0; y < height; y++) {
        int sourceY = y + dy;
        boolean inside = sourceY >= 0 && sourceY < stored.height();
        int row = from + (channel * stored.height() + sourceY) * stored.width();
        for (int x = 0; x < width; x++) {
          int sourceX = (flip ? width - 1 - x : x) + dx;
          boolean visible = inside && sourceX >= 0 && sourceX < stored.width();
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
