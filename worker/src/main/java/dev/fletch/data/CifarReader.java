package dev.fletch.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The binary version of CIFAR (Krizhevsky, 2009): records of label bytes and 3 x 32 x 32 pixels,
 * nothing before or between them.
 */
final class CifarReader implements ImageReader {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  private final String format;
  private final int[] labelValues;

  /**
   * @param format as messages call it
   * @param labelValues how many values each label byte can take; the last byte is the label, those
   *     before it coarser ones
   */
  CifarReader(String format, int... labelValues) {
    this.format = format;
    this.labelValues = labelValues;
  }

  @Override
  public ImageSet read(List<DataFile> files, int classes) {
    List<byte[]> contents = new ArrayList<>();
    long count = 0;
    for (DataFile file : files) {
      byte[] records = records(file);
      contents.add(records);
      count += records.length / recordSize();
    }
    if (count * SHAPE.values() > Integer.MAX_VALUE - 64) {
      throw new DataException(
          "Cannot use %s: %d images are more than the limit of 2 GiB".formatted(files, count));
    }
    byte[] pixels = new byte[(int) count * SHAPE.values()];
    byte[] labels = new byte[(int) count];
    int example = 0;
    for (byte[] records : contents) {
      for (int at = 0; at < records.length; at += recordSize()) {
        labels[example] = records[at + labelValues.length - 1];
        System.arraycopy(
            records, at + labelValues.length, pixels, example * SHAPE.values(), SHAPE.values());
        example++;
      }
    }
    return new ImageSet(SHAPE, labelValues[labelValues.length - 1], pixels, labels);
  }

  private byte[] records(DataFile file) {
    byte[] records;
    try (DataInput in = file.open()) {
      records = in.rest();
    }
    if (records.length == 0) {
      throw new DataException("Empty data file " + file + ": it holds no images");
    }
    int over = records.length % recordSize();
    if (over != 0) {
      throw new DataException(
          "Truncated file or not %s binary: %s has %d bytes, %d records of %d bytes and %d over"
              .formatted(
                  format, file, records.length, records.length / recordSize(), recordSize(), over));
    }
    checkLabels(file, records);
    return records;
  }

  private void checkLabels(DataFile file, byte[] records) {
    for (int record = 0; record * recordSize() < records.length; record++) {
      for (int i = 0; i < labelValues.length; i++) {
        int label = Byte.toUnsignedInt(records[record * recordSize() + i]);
        if (label >= labelValues[i]) {
          throw new DataException(
              "Label out of range in %s: record %d (counting from 0) has %d, %s labels end at %d"
                  .formatted(file, record, label, format, labelValues[i] - 1));
        }
      }
    }
  }

  private int recordSize() {
    return labelValues.length + SHAPE.values();
  }
}
