package dev.fletch.data;

import static dev.fletch.data.SampleFiles.records;

import dev.fletch.contract.Contracts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ImageReaderContractTest {
  @Test
  void everyReaderIsHeldToTheContract() throws Exception {
    Contracts.assertEveryImplementationIsHeld(ImageReader.class, this);
  }

  private static DataSettings settings(DataFormat format, Path from, int train, int test) {
    return new DataSettings(format, from.toString(), List.of(), List.of(), train, test, 0.5);
  }

  @Nested
  class OfIdx extends ImageReaderContract {
    OfIdx() {
      super(new ImageShape(1, 5, 4), 3);
    }

    @Override
    void write(Path into) {
      SampleFiles.idx(into, TRAIN, TEST);
    }

    @Override
    DataSettings settings(Path from, int trainLimit, int testLimit) {
      return ImageReaderContractTest.settings(new IdxFormat(), from, trainLimit, testLimit);
    }

    @Override
    String fileWithPixels() {
      return SampleFiles.TRAIN_IMAGES;
    }
  }

  @Nested
  class OfCifar10 extends ImageReaderContract {
    OfCifar10() {
      super(new ImageShape(3, 32, 32), 10);
    }

    @Override
    void write(Path into) {
      SampleFiles.write(into, "data_batch_1.bin", records(new int[] {3}, new int[] {9}));
      SampleFiles.write(
          into,
          "data_batch_2.bin",
          records(new int[] {0}, new int[] {1}, new int[] {2}, new int[] {5}));
      SampleFiles.write(
          into,
          "test_batch.bin",
          records(new int[] {7}, new int[] {8}, new int[] {0}, new int[] {1}));
    }

    @Override
    DataSettings settings(Path from, int trainLimit, int testLimit) {
      return ImageReaderContractTest.settings(new Cifar10Format(), from, trainLimit, testLimit);
    }

    @Override
    String fileWithPixels() {
      return "data_batch_2.bin";
    }
  }

  @Nested
  class OfCifar100 extends ImageReaderContract {
    OfCifar100() {
      super(new ImageShape(3, 32, 32), 100);
    }

    @Override
    void write(Path into) {
      int[][] train = new int[TRAIN][];
      for (int i = 0; i < TRAIN; i++) {
        train[i] = new int[] {i, 10 * i};
      }
      SampleFiles.write(into, "train.bin", records(train));
      SampleFiles.write(
          into,
          "test.bin",
          records(new int[] {1, 99}, new int[] {0, 98}, new int[] {0, 1}, new int[] {7, 3}));
    }

    @Override
    DataSettings settings(Path from, int trainLimit, int testLimit) {
      return ImageReaderContractTest.settings(new Cifar100Format(), from, trainLimit, testLimit);
    }

    @Override
    String fileWithPixels() {
      return "train.bin";
    }
  }

  @Nested
  class OfClassFolders extends ImageReaderContract {
    OfClassFolders() {
      super(new ImageShape(3, 4, 4), 2);
    }

    @Override
    void write(Path into) throws IOException {
      for (int i = 0; i < TRAIN; i++) {
        image(into.resolve("train/" + (i % 2 == 0 ? "ant" : "bee") + "/" + i + ".png"), i);
      }
      for (int i = 0; i < TEST; i++) {
        image(into.resolve("val/" + (i % 2 == 0 ? "ant" : "bee") + "/" + i + ".png"), 10 + i);
      }
    }

    private void image(Path file, int number) throws IOException {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 64; i++) {
        image.setRGB(i % 8, i / 8, 0x10305 * (i + 1) + 0x151310 * number);
      }
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    }

    @Override
    void change(Path data) throws IOException {
      image(data.resolve(fileWithPixels()), 99);
    }

    @Override
    DataSettings settings(Path from, int trainLimit, int testLimit) {
      return new DataSettings(
          new FolderFormat(),
          from.toString(),
          List.of(),
          List.of(),
          trainLimit,
          testLimit,
          4,
          0,
          0.5);
    }

    @Override
    String fileWithPixels() {
      return "train/ant/0.png";
    }
  }
}
