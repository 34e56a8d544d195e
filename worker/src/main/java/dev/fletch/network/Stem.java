package dev.fletch.network;

/** What stands before the first cell of a candidate network (quark0/darts, {@code model.py}). */
public enum Stem {
  /**
   * For small images (NetworkCIFAR): conv 3x3 to {@code stem-multiplier * C} channels, batch norm.
   */
  CIFAR,
  /**
   * For large images (NetworkImageNet): three convolutions 3x3 of stride 2, to C/2, C and C
   * channels. Cells begin on an eighth of each side.
   */
  IMAGENET
}
