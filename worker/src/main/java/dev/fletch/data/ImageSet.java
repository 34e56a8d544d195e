package dev.fletch.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Decoded images and labels of one part of a data set. Nobody writes to the arrays. */
public final class ImageSet implements LabelledSet {
  private final ImageShape shape;
  private final int classes;
  private final byte[] pixels;
  private final short[] labels;

  /**
   * @param pixels {@code [N, C, H, W]}, each 0 to 255
   * @param labels {@code [N]}, unsigned, each 0 to {@code classes - 1}
   */
  public ImageSet(ImageShape shape, int classes, byte[] pixels, byte[] labels) {
    this(shape, classes, pixels, widened(labels));
  }

  /**
   * A set that may have more than 256 classes.
   *
   * @param pixels {@code [N, C, H, W]}, each 0 to 255
   * @param labels {@code [N]}, each 0 to {@code classes - 1}
   */
  public ImageSet(ImageShape shape, int classes, byte[] pixels, short[] labels) {
    this.shape = shape;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
  }

  private static short[] widened(byte[] labels) {
    short[] widened = new short[labels.length];
    for (int i = 0; i < labels.length; i++) {
      widened[i] = (short) Byte.toUnsignedInt(labels[i]);
    }
    return widened;
  }

  public ImageShape shape() {
    return shape;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int example) {
    return labels[example];
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

  /** Every image as a square of {@code side}, or this set if the side is 0. */
  ImageSet squares(int side) {
    if (side == 0 || (shape.height() == side && shape.width() == side)) {
      return this;
    }
    ImageShape square = new ImageShape(shape.channels(), side, side);
    checkSize(size(), square);
    byte[] resized = new byte[size() * square.values()];
    for (int i = 0; i < size(); i++) {
      Resampling.square(pixels, i * shape.values(), shape, side, resized, i * square.values());
    }
    return new ImageSet(square, classes, resized, labels);
  }

  /**
   * @throws DataException if so many images do not fit into one array
   */
  static void checkSize(long count, ImageShape shape) {
    if (count * shape.values() > Integer.MAX_VALUE - 64) {
      throw new DataException(
          "Cannot hold %d images of %s in memory: the limit is 2 GiB; set a smaller data.resize"
              .formatted(count, shape));
    }
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
    for (short label : labels) {
      if (classes > 256) {
        digest.update((byte) (label >> 8));
      }
      digest.update((byte) label);
    }
  }
}
