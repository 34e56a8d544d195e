package dev.fletch.data;

/**
 * Some examples, ready for a network: normalised and, for training, augmented.
 *
 * <p>Holds its arrays without copying; nobody writes to them after construction.
 */
public final class Batch {
  private final ImageShape shape;
  private final float[] images;
  private final int[] labels;
  private final int[] examples;

  /**
   * @param images {@code [N, C, H, W]}
   * @param labels {@code [N]}, each in {@code [0, classes)}
   * @param examples {@code [N]}, the index of each example in its data set; seeds per-example
   *     randomness
   */
  public Batch(ImageShape shape, float[] images, int[] labels, int[] examples) {
    if (labels.length != examples.length || images.length != labels.length * shape.values()) {
      throw new IllegalArgumentException(
          "Invalid batch: "
              + images.length
              + " values, "
              + labels.length
              + " labels and "
              + examples.length
              + " examples of "
              + shape);
    }
    this.shape = shape;
    this.images = images;
    this.labels = labels;
    this.examples = examples;
  }

  public int size() {
    return labels.length;
  }

  public ImageShape shape() {
    return shape;
  }

  public float[] images() {
    return images;
  }

  public int[] labels() {
    return labels;
  }

  public int[] examples() {
    return examples;
  }
}
