package dev.fletch.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;

/** Small data sets, written into a folder of a test. */
final class SampleFiles {
  static final Configuration HADOOP = new Configuration();
  static final DataFormat IDX = new IdxFormat();
  static final DataFormat CIFAR10 = new Cifar10Format();
  static final DataFormat CIFAR100 = new Cifar100Format();
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private SampleFiles() {}

  static DataSettings settings(DataFormat format, Path folder) {
    return new DataSettings(format, folder.toString(), List.of(), List.of(), 0, 0, 0.5);
  }

  static AugmentationSettings noAugmentation() {
    return new AugmentationSettings(0, false, 0);
  }

  /** A sound IDX set of {@code train} and {@code test} random images of 5x4 pixels, 3 classes. */
  static void idx(Path folder, int train, int test) {
    write(folder, TRAIN_IMAGES, images(train, 5, 4, 1));
    write(folder, TRAIN_LABELS, labels(cycle(train)));
    write(folder, TEST_IMAGES, images(test, 5, 4, 2));
    write(folder, TEST_LABELS, labels(cycle(test)));
  }

  private static int[] cycle(int count) {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
    }
    return labels;
  }

  static byte[] images(int count, int height, int width, long seed) {
    byte[] pixels = new byte[count * height * width];
    new Random(seed).nextBytes(pixels);
    return images(count, height, width, pixels);
  }

  static byte[] images(int count, int height, int width, byte[] pixels) {
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(0x803)
        .putInt(count)
        .putInt(height)
        .putInt(width)
        .put(pixels)
        .array();
  }

  static byte[] labels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  /** CIFAR records: the label bytes of each, then pixels that all have the value of its number. */
  static byte[] records(int[]... labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int record = 0; record < labels.length; record++) {
      for (int label : labels[record]) {
        bytes.write(label);
      }
      for (int i = 0; i < 3072; i++) {
        bytes.write(record + i / 1024);
      }
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static void write(Path folder, String name, byte[] bytes) {
    try {
      Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
