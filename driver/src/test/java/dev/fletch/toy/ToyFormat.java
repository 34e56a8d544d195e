package dev.fletch.toy;

import dev.fletch.data.DataException;
import dev.fletch.data.DataFile;
import dev.fletch.data.DataFiles;
import dev.fletch.data.DataInput;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ImageFormat;
import dev.fletch.data.ImageReader;
import dev.fletch.data.ImageSet;
import dev.fletch.data.ImageShape;
import dev.fletch.data.UsualFiles;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A format that the program does not have: records of a label, 0 or 1, and {@value #PIXELS} bytes,
 * of a grey square of 12 pixels.
 */
public record ToyFormat() implements ImageFormat {
  public static final String TRAIN = "train.toy";
  public static final String TEST = "test.toy";
  public static final int PIXELS = 144;

  private static final UsualFiles FILES = new UsualFiles(List.of(TRAIN), List.of(TEST), false);

  @Override
  public String text() {
    return "toy";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    return FILES.locate(settings, hadoop);
  }

  @Override
  public ImageReader reader(DataSettings settings) {
    return ToyFormat::read;
  }

  @Override
  public List<String> classNames(int classes, DataSettings settings, Configuration hadoop) {
    return List.of("ant", "bee");
  }

  private static ImageSet read(List<DataFile> files, int classes) {
    byte[] records = bytes(files.get(0));
    int count = records.length / (1 + PIXELS);
    if (records.length % (1 + PIXELS) != 0) {
      throw new DataException(
          "Truncated file %s: it has %d bytes, %d toys and %d over"
              .formatted(files.get(0), records.length, count, records.length % (1 + PIXELS)));
    }
    byte[] pixels = new byte[count * PIXELS];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = records[i * (1 + PIXELS)];
      System.arraycopy(records, i * (1 + PIXELS) + 1, pixels, i * PIXELS, PIXELS);
    }
    return new ImageSet(new ImageShape(1, 12, 12), 2, pixels, labels);
  }

  private static byte[] bytes(DataFile file) {
    try (DataInput in = file.open()) {
      return in.rest();
    }
  }
}
