package dev.fletch.data;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * IDX files of unsigned bytes (LeCun's MNIST page): magic number, sizes as big-endian int, data.
 * The number of classes is the largest label + 1.
 */
final class IdxReader implements ImageReader {
  private static final int IMAGES = 0x00000803;
  private static final int LABELS = 0x00000801;

  @Override
  public ImageSet read(List<DataFile> files, int classes) {
    DataFile imageFile = files.get(0);
    DataFile labelFile = files.get(1);
    Content images = content(imageFile, IMAGES, "image");
    int[] sizes = images.sizes();
    if (sizes[1] < 1 || sizes[2] < 1) {
      throw new DataException(
          "Invalid IDX image file %s: images of %dx%d pixels"
              .formatted(imageFile, sizes[1], sizes[2]));
    }
    if (sizes[0] == 0) {
      throw new DataException("Empty data file " + imageFile + ": it holds no images");
    }
    byte[] labels = content(labelFile, LABELS, "label").data();
    if (labels.length != sizes[0]) {
      throw new DataException(
          "%s has %d images, but %s has %d labels"
              .formatted(imageFile, sizes[0], labelFile, labels.length));
    }
    int largest = largest(labels, labelFile, classes);
    return new ImageSet(
        new ImageShape(1, sizes[1], sizes[2]),
        classes == ANY_LABEL ? largest + 1 : classes,
        images.data(),
        labels);
  }

  private static int largest(byte[] labels, DataFile file, int classes) {
    int largest = 0;
    for (int i = 0; i < labels.length; i++) {
      int label = Byte.toUnsignedInt(labels[i]);
      if (label >= classes) {
        throw new DataException(
            "Label out of range in %s: record %d (counting from 0) has %d, the training labels end at %d"
                .formatted(file, i, label, classes - 1));
      }
      largest = Math.max(largest, label);
    }
    return largest;
  }

  /**
   * @param magic whose last byte is the number of sizes
   */
  private static Content content(DataFile file, int magic, String what) {
    try (DataInput in = file.open()) {
      byte[] header = in.upTo(4 * (1 + (magic & 0xff)));
      if (header.length >= 4 && ByteBuffer.wrap(header).getInt() != magic) {
        throw new DataException(
            "Not an IDX %s file: %s begins with 0x%08x instead of 0x%08x"
                .formatted(what, file, ByteBuffer.wrap(header).getInt(), magic));
      }
      if (header.length < 4 * (1 + (magic & 0xff))) {
        throw new DataException(
            "Truncated file %s: an IDX %s file has a header of %d bytes, got %d"
                .formatted(file, what, 4 * (1 + (magic & 0xff)), header.length));
      }
      int[] sizes = sizes(header);
      byte[] data = in.upTo(bytes(file, sizes));
      checkEnd(in, file, header.length + bytes(file, sizes));
      return new Content(sizes, data);
    }
  }

  private static int[] sizes(byte[] header) {
    int[] sizes = new int[header.length / 4 - 1];
    ByteBuffer.wrap(header).position(4).asIntBuffer().get(sizes);
    return sizes;
  }

  private static int bytes(DataFile file, int[] sizes) {
    double bytes = 1;
    for (int size : sizes) {
      bytes *= Integer.toUnsignedLong(size);
    }
    if (bytes > Integer.MAX_VALUE - 64) {
      throw new DataException(
          "Cannot use %s: its header announces %.0f bytes, more than the limit of 2 GiB"
              .formatted(file, bytes));
    }
    return (int) bytes;
  }

  private static void checkEnd(DataInput in, DataFile file, long expected) {
    long position = in.position();
    if (position < expected) {
      throw new DataException(
          "Truncated file %s: its header announces %d bytes, got %d"
              .formatted(file, expected, position));
    }
    in.skipRest();
    if (in.position() > expected) {
      throw new DataException(
          "Trailing bytes in %s: its header announces %d bytes, got %d"
              .formatted(file, expected, in.position()));
    }
  }

  /** Sizes and data of one file. */
  private static final class Content {
    private final int[] sizes;
    private final byte[] data;

    Content(int[] sizes, byte[] data) {
      this.sizes = sizes;
      this.data = data;
    }

    int[] sizes() {
      return sizes;
    }

    byte[] data() {
      return data;
    }
  }
}
