package dev.fletch.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * JPEG and PNG images, one per file, whose class is the name of their folder. Images become colour
 * squares as they are read. Classes are numbered in the order of their names in the part that is
 * read first, the training set.
 */
final class FolderReader implements ImageReader {
  /** Labels are kept in 16 bits. */
  private static final int MOST_CLASSES = Short.MAX_VALUE;

  private final ImageShape square;
  private List<String> names;

  FolderReader(int side) {
    this.square = new ImageShape(3, side, side);
  }

  @Override
  public ImageSet read(List<DataFile> files, int classes) {
    if (names == null) {
      names = files.stream().map(FolderReader::className).distinct().sorted().toList();
    }
    if (names.size() > MOST_CLASSES) {
      throw new DataException(
          "Cannot use %d classes, from %s to %s: the limit is %d"
              .formatted(names.size(), names.get(0), names.get(names.size() - 1), MOST_CLASSES));
    }
    ImageSet.checkSize(files.size(), square);
    byte[] pixels = new byte[files.size() * square.values()];
    short[] labels = new short[files.size()];
    IntStream.range(0, labels.length)
        .parallel()
        .forEach(
            i -> {
              labels[i] = label(files.get(i));
              decode(files.get(i), pixels, i * square.values());
            });
    return new ImageSet(square, names.size(), pixels, labels);
  }

  @Override
  public List<String> classNames(int classes, DataSettings settings, Configuration hadoop) {
    return names;
  }

  private static String className(DataFile file) {
    return new Path(file.toString()).getParent().getName();
  }

  private short label(DataFile file) {
    int label = names.indexOf(className(file));
    if (label < 0) {
      throw new DataException(
          "Unknown class of %s: the training set has no folder %s, or data.train-limit leaves none"
              .formatted(file, className(file)));
    }
    return (short) label;
  }

  private void decode(DataFile file, byte[] pixels, int to) {
    BufferedImage image = image(file);
    int height = image.getHeight();
    int width = image.getWidth();
    int[] colours = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] planes = new byte[3 * colours.length];
    for (int i = 0; i < colours.length; i++) {
      planes[i] = (byte) (colours[i] >> 16);
      planes[i + colours.length] = (byte) (colours[i] >> 8);
      planes[i + 2 * colours.length] = (byte) colours[i];
    }
    Resampling.square(planes, 0, new ImageShape(3, height, width), square.height(), pixels, to);
  }

  private static BufferedImage image(DataFile file) {
    byte[] bytes;
    try (DataInput in = file.open()) {
      bytes = in.rest();
    }
    try {
      // in memory, not in a temporary file; reading closes it
      BufferedImage image =
          ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
      if (image == null) {
        throw new IOException("it is neither JPEG nor PNG");
      }
      return image;
    } catch (IOException | RuntimeException e) { // decoders throw either on damaged files
      throw new DataException(
          "Cannot decode the image %s: %s; convert it to RGB or remove it"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
