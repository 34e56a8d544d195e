package dev.fletch.data;

import static dev.fletch.data.SampleFiles.CIFAR10;
import static dev.fletch.data.SampleFiles.CIFAR100;
import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleFiles.IDX;
import static dev.fletch.data.SampleFiles.gzip;
import static dev.fletch.data.SampleFiles.noAugmentation;
import static dev.fletch.data.SampleFiles.records;
import static dev.fletch.data.SampleFiles.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageReadingTest {
  @TempDir Path folder;

  @Test
  void gzipAndPlainFilesAreTheSameDataSet() throws IOException {
    Path packed = Files.createDirectory(folder.resolve("packed"));
    Path misnamed = Files.createDirectory(folder.resolve("misnamed"));
    SampleFiles.idx(folder, 20, 7);
    for (String name :
        List.of(
            SampleFiles.TRAIN_IMAGES,
            SampleFiles.TRAIN_LABELS,
            SampleFiles.TEST_IMAGES,
            SampleFiles.TEST_LABELS)) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      SampleFiles.write(packed, name + ".gz", gzip(bytes));
      SampleFiles.write(misnamed, name, gzip(bytes));
    }

    ImageExamples plain = open(settings(IDX, folder));
    assertThat(plain.input()).isEqualTo(new ImageShape(1, 5, 4));
    for (Path other : List.of(packed, misnamed)) {
      ImageExamples same = open(settings(IDX, other));
      assertThat(same.checksum()).isEqualTo(plain.checksum());
      assertThat(same.evaluation(Portion.TEST, 0, 7).images())
          .isEqualTo(plain.evaluation(Portion.TEST, 0, 7).images());
    }
  }

  @Test
  void headerSaysWhatTheDataIs() {
    SampleFiles.idx(folder, 21, 7);

    assertThat(ImageExamples.header(settings(IDX, folder), HADOOP))
        .isEqualTo(new DataHeader(new ImageShape(1, 5, 4), 3, 21, 10, 11, 7));
    DataSettings limited =
        new DataSettings(IDX, folder.toString(), List.of(), List.of(), 10, 100, 0.7);
    assertThat(ImageExamples.header(limited, HADOOP))
        .isEqualTo(new DataHeader(new ImageShape(1, 5, 4), 3, 10, 7, 3, 7));
  }

  @Test
  void classesAreThoseOfAllTrainingLabelsEvenIfALimitHidesSome() {
    SampleFiles.idx(folder, 20, 7);
    DataSettings limited = new DataSettings(IDX, folder.toString(), List.of(), List.of(), 2, 2, .5);

    assertThat(ImageExamples.header(limited, HADOOP).classes()).isEqualTo(3);
  }

  @Test
  void listedFilesAreTakenRelativeToThePathOrByTheirFullName() {
    SampleFiles.write(folder, "a", SampleFiles.images(4, 3, 3, 5));
    SampleFiles.write(folder, "b", SampleFiles.labels(0, 4, 0, 4));
    SampleFiles.write(folder, "c", SampleFiles.images(4, 3, 3, 6));
    SampleFiles.write(folder, "d", SampleFiles.labels(0, 4, 0, 4));
    String a = folder.resolve("a").toString();
    String b = folder.resolve("b").toUri().toString();
    String c = folder.resolve("c").toString();
    String d = folder.resolve("d").toUri().toString();

    DataHeader header = new DataHeader(new ImageShape(1, 3, 3), 5, 4, 2, 2, 4);
    assertThat(
            ImageExamples.header(
                new DataSettings(
                    IDX, folder.toString(), List.of("a", "b"), List.of(c, d), 0, 0, 0.5),
                HADOOP))
        .isEqualTo(header);
    assertThat(
            ImageExamples.header(
                new DataSettings(IDX, "", List.of(a, b), List.of(c, d), 0, 0, 0.5), HADOOP))
        .isEqualTo(header);
  }

  @Test
  void cifar10ReadsTheBatchesThatAreThere() {
    SampleFiles.write(folder, "data_batch_1.bin", records(new int[] {3}, new int[] {9}));
    SampleFiles.write(folder, "data_batch_4.bin.gz", gzip(records(new int[] {5})));
    SampleFiles.write(folder, "test_batch.bin", records(new int[] {7}));

    ImageExamples examples = open(settings(CIFAR10, folder));
    ImageBatch batch = examples.evaluation(Portion.TRAIN, 0, 3);

    assertThat(examples.classes()).isEqualTo(10);
    assertThat(batch.input()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(batch.targets()).containsExactly(3, 9, 5);
    // Record 1 has the pixel values 1, 2 and 3 in its red, green and blue plane.
    assertThat(batch.images()[3072]).isCloseTo((1 / 255f - .49139968f) / .24703233f, within(1e-6f));
    assertThat(batch.images()[3072 + 1024])
        .isCloseTo((2 / 255f - .48215827f) / .24348505f, within(1e-6f));
    assertThat(batch.images()[3072 + 3071])
        .isCloseTo((3 / 255f - .44653124f) / .26158768f, within(1e-6f));
  }

  @Test
  void cifar100UsesTheFineLabel() {
    SampleFiles.write(folder, "train.bin", records(new int[] {19, 3}, new int[] {0, 99}));
    SampleFiles.write(folder, "test.bin.gz", gzip(records(new int[] {7, 42})));

    ImageExamples examples = open(settings(CIFAR100, folder));
    ImageBatch test = examples.evaluation(Portion.TEST, 0, 1);

    assertThat(examples.classes()).isEqualTo(100);
    assertThat(examples.evaluation(Portion.TRAIN, 0, 2).targets()).containsExactly(3, 99);
    assertThat(test.targets()).containsExactly(42);
    assertThat(test.images()[0]).isCloseTo((0 - .5071f) / .2673f, within(1e-6f));
  }

  @Test
  void idxIsNormalisedByItsOwnTrainingPixels() {
    // 0, 0, 0, 255 has mean 1/4 and variance 1/4 - 1/16 = 3/16 in units of 255.
    SampleFiles.write(
        folder, SampleFiles.TRAIN_IMAGES, SampleFiles.images(2, 1, 2, new byte[] {0, 0, 0, -1}));
    SampleFiles.write(folder, SampleFiles.TRAIN_LABELS, SampleFiles.labels(0, 1));
    SampleFiles.write(
        folder, SampleFiles.TEST_IMAGES, SampleFiles.images(1, 1, 2, new byte[] {51, -1}));
    SampleFiles.write(folder, SampleFiles.TEST_LABELS, SampleFiles.labels(1));

    ImageExamples examples = open(settings(IDX, folder));
    float std = (float) Math.sqrt(3 / 16.0);

    assertThat(examples.normalisation().mean().get(0)).isCloseTo(0.25, within(1e-12));
    assertThat(examples.evaluation(Portion.TEST, 0, 1).images())
        .containsExactly(new float[] {(.2f - .25f) / std, (1 - .25f) / std}, within(1e-6f));
  }

  @Test
  void aProcessDecodesTheSameFilesOnce() throws IOException {
    SampleFiles.idx(folder, 6, 3);
    ImageExamples first = open(settings(IDX, folder));
    Files.delete(folder.resolve(SampleFiles.TRAIN_IMAGES));
    DataSettings otherPortion =
        new DataSettings(IDX, folder.toString(), List.of(), List.of(), 0, 0, 0.8);

    assertThat(open(otherPortion).normalisation()).isSameAs(first.normalisation());
  }

  private static ImageExamples open(DataSettings settings) {
    return ImageExamples.open(settings, noAugmentation(), 1, HADOOP);
  }
}
