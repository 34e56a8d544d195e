package dev.fletch.data;

/** Images, normalised and, for training, augmented, with the class of each as its target. */
public final class ImageBatch implements Batch {
  private final ImageShape input;
  private final float[] images;
  private final int[] targets;
  private final int[] examples;

  /**
   * @param images {@code [N, C, H, W]}
   * @param targets {@code [N]}, each in {@code [0, classes)}
   * @param examples {@code [N]}, the index of each example in its data set
   */
  public ImageBatch(ImageShape input, float[] images, int[] targets, int[] examples) {
    if (targets.length != examples.length || images.length != targets.length * input.values()) {
      throw new IllegalArgumentException(
          "Invalid batch: "
              + images.length
              + " values, "
              + targets.length
              + " targets and "
              + examples.length
              + " examples of "
              + input);
    }
    this.input = input;
    this.images = images;
    this.targets = targets;
    this.examples = examples;
  }

  @Override
  public ImageShape input() {
    return input;
  }

  /** {@code [N, C, H, W]}. */
  public float[] images() {
    return images;
  }

  @Override
  public int[] targets() {
    return targets;
  }

  @Override
  public int[] examples() {
    return examples;
  }
}
