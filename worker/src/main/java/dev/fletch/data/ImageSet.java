package dev.fletch.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Decoded images and labels of one part of a data set. Nobody writes to the arrays. */
final class ImageSet {
  private final ImageShape shape;
  private final int classes;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * @param pixels {@code [N, C, H, W]}, each 0 to 255
   * @param labels {@code [N]}, each 0 to {@code classes - 1}
   */
  ImageSet(ImageShape shape, int classes, byte[] pixels, byte[] labels) {
    this.shape = shape;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
  }

  ImageShape shape() {
    return shape;
  }

  int classes() {
    return classes;
  }

  int size() {
    return labels.length;
  }

  int label(int example) {
    return Byte.toUnsignedInt(labels[example]);
  }

  /** Values 0 to 255 of all images, {@code [N, C, H, W]}. Not a copy: read only. */
  byte[] pixels() {
    return pixels;
  }

  /** The first {@code limit} examples, or all of them if the limit is 0 or beyond the end. */
  ImageSet first(int limit) {
    return limit == 0 || limit >= size()
        ? this
        : new ImageSet(
            shape,
            classes,
            Arrays.copyOf(pixels, limit * shape.values()),
            Arrays.copyOf(labels, limit));
  }

  /** Adds shape, pixels and labels to {@code digest}. */
  void digest(MessageDigest digest) {
    digest.update(
        ByteBuffer.allocate(16)
            .putInt(size())
            .putInt(shape.channels())
            .putInt(shape.height())
            .putInt(shape.width())
            .array());
    digest.update(pixels);
    digest.update(labels);
  }
}
