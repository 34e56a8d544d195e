package dev.fletch.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * JPEG and PNG images, one per file, whose class is the name of their folder. Images become colour
 * squares as they are read, of the colours as {@link StoredImage#planes} has them. Classes are
 * numbered in the order of their names in the part that is read first, the training set.
 */
final class FolderReader implements ImageReader {
  /** Labels are kept in 16 bits. */
  private static final int MOST_CLASSES = Short.MAX_VALUE;

  private final ImageDecoder decoder = new ImageDecoder(DecodingMemory.OF_PROCESS);
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
    DataException[] broken = new DataException[files.size()];
    IntStream.range(0, labels.length)
        .parallel()
        .forEach(
            i -> {
              labels[i] = label(files.get(i));
              broken[i] = decode(files.get(i), pixels, i * square.values());
            });
    Failures failures = new Failures();
    Arrays.stream(broken).filter(Objects::nonNull).forEach(failures::add);
    if (!failures.isEmpty()) {
      throw new BrokenExamplesException(BrokenExamplesException.Kind.IMAGES, failures);
    }
    return new ImageSet(square, names.size(), pixels, labels);
  }

  @Override
  public List<String> classNames() {
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

  /**
   * What is wrong with the image, or null if it was decoded.
   *
   * @throws UnreachableDataException at once: other files would fail alike
   */
  private DataException decode(DataFile file, byte[] pixels, int to) {
    try {
      decoder.square(file, square.height(), pixels, to);
      return null;
    } catch (UnreachableDataException e) {
      throw e;
    } catch (DataException e) {
      return e;
    }
  }
}
