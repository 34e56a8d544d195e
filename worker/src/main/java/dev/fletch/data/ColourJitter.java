package dev.fletch.data;

/**
 * Changes brightness, contrast, saturation and hue of an image by random amounts and in random
 * order, as torchvision's ColorJitter does. Values stay within 0 to 1.
 */
final class ColourJitter {
  private static final int KINDS = 4;

  private final ColourSettings settings;
  private final ImageShape shape;

  ColourJitter(ColourSettings settings, ImageShape shape) {
    this.settings = settings;
    this.shape = shape;
  }

  /**
   * @param image {@code [C, H, W]} of 0 to 1 from {@code from} on
   */
  void change(SeededRandom random, float[] image, int from) {
    int[] order = random.permutation(KINDS);
    double brightness = factor(random, settings.brightness());
    double contrast = factor(random, settings.contrast());
    double saturation = factor(random, settings.saturation());
    double hue = (2 * random.unit() - 1) * settings.hue();
    for (int kind : order) {
      switch (kind) {
        case 0 -> brighten(image, from, (float) brightness);
        case 1 -> contrast(image, from, (float) contrast);
        case 2 -> saturate(image, from, (float) saturation);
        default -> turnHue(image, from, (float) hue);
      }
    }
  }

  private static double factor(SeededRandom random, double range) {
    double least = Math.max(0, 1 - range);
    return least + random.unit() * (1 + range - least);
  }

  void brighten(float[] image, int from, float factor) {
    for (int i = from; i < from + shape.values(); i++) {
      image[i] = within(image[i] * factor);
    }
  }

  void contrast(float[] image, int from, float factor) {
    double sum = 0;
    for (int i = 0; i < plane(); i++) {
      sum += grey(image, from + i);
    }
    float mean = (float) (sum / plane());
    for (int i = from; i < from + shape.values(); i++) {
      image[i] = within(mean + (image[i] - mean) * factor);
    }
  }

  void saturate(float[] image, int from, float factor) {
    if (factor == 1) {
      return; // also for images without colours
    }
    for (int i = from; i < from + plane(); i++) {
      float grey = grey(image, i);
      for (int at = i; at < i + 3 * plane(); at += plane()) {
        image[at] = within(grey + (image[at] - grey) * factor);
      }
    }
  }

  /**
   * @param turn in parts of the colour circle
   */
  void turnHue(float[] image, int from, float turn) {
    if (turn == 0) {
      return;
    }
    int plane = plane();
    for (int i = from; i < from + plane; i++) {
      float red = image[i];
      float green = image[i + plane];
      float blue = image[i + 2 * plane];
      float value = Math.max(red, Math.max(green, blue));
      float chroma = value - Math.min(red, Math.min(green, blue));
      if (chroma > 0) {
        float hue = hue(red, green, blue, value, chroma) + 6 * turn;
        image[i] = part(hue + 5, value, chroma);
        image[i + plane] = part(hue + 3, value, chroma);
        image[i + 2 * plane] = part(hue + 1, value, chroma);
      }
    }
  }

  /** In sixths of the colour circle from red on. */
  private static float hue(float red, float green, float blue, float value, float chroma) {
    if (value == red) {
      return (green - blue) / chroma;
    }
    return value == green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
  }

  /** One of red, green and blue of a colour in the hexagonal model, by its place on the circle. */
  private static float part(float place, float value, float chroma) {
    float sixth = place - 6 * (float) Math.floor(place / 6);
    return value - chroma * Math.max(0, Math.min(1, Math.min(sixth, 4 - sixth)));
  }

  /** Luma of ITU-R BT.601; of an image without colours the value itself. */
  private float grey(float[] image, int at) {
    return shape.channels() == 3
        ? 0.2989f * image[at] + 0.587f * image[at + plane()] + 0.114f * image[at + 2 * plane()]
        : image[at];
  }

  private int plane() {
    return shape.height() * shape.width();
  }

  private static float within(float value) {
    return Math.max(0, Math.min(1, value));
  }
}
