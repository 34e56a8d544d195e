package dev.fletch.data;

import static dev.fletch.data.SampleFiles.CIFAR10;
import static dev.fletch.data.SampleFiles.CIFAR100;
import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleFiles.IDX;
import static dev.fletch.data.SampleFiles.TEST_IMAGES;
import static dev.fletch.data.SampleFiles.TEST_LABELS;
import static dev.fletch.data.SampleFiles.TRAIN_IMAGES;
import static dev.fletch.data.SampleFiles.TRAIN_LABELS;
import static dev.fletch.data.SampleFiles.gzip;
import static dev.fletch.data.SampleFiles.images;
import static dev.fletch.data.SampleFiles.labels;
import static dev.fletch.data.SampleFiles.records;
import static dev.fletch.data.SampleFiles.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which files can be wrong, and the one line that says so. */
class BadDataFilesTest {
  @TempDir Path folder;

  /** A file that replaces the sound one, and the message; FILE stands for its full name. */
  static Stream<Arguments> badIdxFiles() {
    byte[] sound = images(6, 5, 4, 1);
    byte[] noisy = gzip(images(6, 5, 4, 1));
    return Stream.of(
        arguments(
            TRAIN_IMAGES,
            labels(0, 1, 2, 0, 1, 2),
            "Not an IDX image file: FILE begins with 0x00000801 instead of 0x00000803"),
        arguments(
            TRAIN_LABELS,
            sound,
            "Not an IDX label file: FILE begins with 0x00000803 instead of 0x00000801"),
        arguments(
            TEST_IMAGES,
            "PK, a zip file or what not".getBytes(StandardCharsets.US_ASCII),
            "Not an IDX image file: FILE begins with 0x504b2c20 instead of 0x00000803"),
        arguments(
            TRAIN_IMAGES,
            new byte[0],
            "Truncated file FILE: an IDX image file has a header of 16 bytes, got 0"),
        arguments(
            TRAIN_IMAGES,
            Arrays.copyOf(sound, 15),
            "Truncated file FILE: an IDX image file has a header of 16 bytes, got 15"),
        arguments(
            TRAIN_IMAGES,
            Arrays.copyOf(sound, 135),
            "Truncated file FILE: its header announces 136 bytes, got 135"),
        arguments(
            TEST_LABELS,
            Arrays.copyOf(labels(0, 1, 2), 10),
            "Truncated file FILE: its header announces 11 bytes, got 10"),
        arguments(
            TRAIN_IMAGES,
            gzip(Arrays.copyOf(sound, 100)),
            "Truncated file FILE: its header announces 136 bytes, got 100"),
        arguments(
            TRAIN_IMAGES,
            Arrays.copyOf(sound, 140),
            "Trailing bytes in FILE: its header announces 136 bytes, got 140"),
        arguments(
            TRAIN_LABELS,
            gzip(Arrays.copyOf(labels(0, 1, 2, 0, 1, 2), 16)),
            "Trailing bytes in FILE: its header announces 14 bytes, got 16"),
        arguments(
            TRAIN_IMAGES,
            images(Integer.MAX_VALUE, 5, 4, new byte[20]),
            "Cannot use FILE: its header announces 42949672940 bytes, more than the limit of 2"
                + " GiB"),
        arguments(
            TRAIN_IMAGES,
            images(100_000_000, 5, 4, new byte[20]),
            "Truncated file FILE: its header announces 2000000016 bytes, got 36"),
        arguments(
            TRAIN_IMAGES,
            images(6, 0, 4, new byte[0]),
            "Invalid IDX image file FILE: images of 0x4 pixels"),
        arguments(
            TEST_IMAGES, images(0, 5, 4, new byte[0]), "Empty data file FILE: it holds no images"),
        arguments(
            TRAIN_LABELS,
            labels(0, 1, 2, 0, 1),
            "FOLDER/" + TRAIN_IMAGES + " has 6 images, but FILE has 5 labels"),
        arguments(
            TEST_LABELS,
            labels(0, 1, 3),
            "Label out of range in FILE: record 2 (counting from 0) has 3,"
                + " the training labels end at 2"),
        arguments(
            TEST_IMAGES,
            images(3, 4, 5, 1),
            "Image sizes differ: FOLDER/" + TRAIN_IMAGES + " has 1x5x4, FILE has 1x4x5"),
        arguments(
            TRAIN_IMAGES,
            images(6, 5, 4, new byte[120]),
            "Cannot normalise the training images: every pixel of channel 0 is 0"),
        arguments(
            TRAIN_IMAGES,
            Arrays.copyOf(noisy, noisy.length - 1),
            "Truncated file FILE: its gzip stream breaks off after 136 unpacked bytes"),
        arguments(
            TRAIN_IMAGES,
            Arrays.copyOf(noisy, 5),
            "Damaged gzip file FILE: it ends within its header"),
        arguments(
            TRAIN_IMAGES,
            flipped(noisy, noisy.length - 6),
            "Damaged gzip file FILE: Corrupt GZIP trailer"));
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] damaged = bytes.clone();
    damaged[at] ^= 1;
    return damaged;
  }

  @ParameterizedTest
  @MethodSource("badIdxFiles")
  void refusesBadIdxFiles(String name, byte[] content, String message) {
    SampleFiles.idx(folder, 6, 3);
    SampleFiles.write(folder, name, content);

    assertRefused(settings(IDX, folder), message, name);
  }

  static Stream<Arguments> badCifarFiles() {
    byte[] sound = records(new int[] {1}, new int[] {2});
    return Stream.of(
        arguments(
            CIFAR10,
            "data_batch_1.bin",
            Arrays.copyOf(sound, 6145),
            "Truncated file or not CIFAR-10 binary: FILE has 6145 bytes, 1 records of 3073 bytes"
                + " and 3072 over"),
        arguments(
            CIFAR10,
            "data_batch_1.bin",
            records(new int[] {9}, new int[] {10}),
            "Label out of range in FILE: record 1 (counting from 0) has 10, CIFAR-10 labels end"
                + " at 9"),
        arguments(
            CIFAR10, "test_batch.bin", new byte[0], "Empty data file FILE: it holds no images"),
        arguments(
            CIFAR100,
            "train.bin",
            records(new int[] {19, 99}, new int[] {20, 0}),
            "Label out of range in FILE: record 1 (counting from 0) has 20, CIFAR-100 labels end"
                + " at 19"),
        arguments(
            CIFAR100,
            "test.bin",
            records(new int[] {0, 100}),
            "Label out of range in FILE: record 0 (counting from 0) has 100, CIFAR-100 labels end"
                + " at 99"));
  }

  @ParameterizedTest
  @MethodSource("badCifarFiles")
  void refusesBadCifarFiles(DataFormat format, String name, byte[] content, String message) {
    SampleFiles.write(folder, "data_batch_1.bin", records(new int[] {1}, new int[] {2}));
    SampleFiles.write(folder, "test_batch.bin", records(new int[] {3}));
    SampleFiles.write(folder, "train.bin", records(new int[] {1, 2}, new int[] {2, 3}));
    SampleFiles.write(folder, "test.bin", records(new int[] {1, 2}));
    SampleFiles.write(folder, name, content);

    assertRefused(settings(format, folder), message, name);
  }

  @Test
  void refusesGzipFilesThatWereCut() {
    SampleFiles.idx(folder, 6, 3);
    byte[] packed = gzip(images(6, 5, 4, 1));
    SampleFiles.write(folder, TRAIN_IMAGES, Arrays.copyOf(packed, packed.length / 2));

    assertThatThrownBy(() -> ImageExamples.header(settings(IDX, folder), HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "Truncated file .*" + TRAIN_IMAGES + ": .* announces 136 bytes, got \\d+");
  }

  @Test
  void refusesRecordFilesWhoseGzipWasCut() {
    byte[] packed = gzip(records(new int[] {1}, new int[] {2}));
    SampleFiles.write(folder, "data_batch_1.bin.gz", Arrays.copyOf(packed, packed.length - 8));
    SampleFiles.write(folder, "test_batch.bin", records(new int[] {3}));

    assertThatThrownBy(() -> ImageExamples.header(settings(CIFAR10, folder), HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Truncated file file:%s/data_batch_1.bin.gz: its gzip stream breaks off after 6146"
                + " unpacked bytes",
            folder);
  }

  @Test
  void refusesPortionsWithoutExamples() {
    SampleFiles.idx(folder, 6, 3);

    assertRefused(
        new DataSettings(IDX, folder.toString(), List.of(), List.of(), 0, 0, 0.1),
        "data.search-portion 0.1 of 6 training examples leaves w without any",
        "");
  }

  @Test
  void refusesToTestOnWhatIsTrainedOn() {
    SampleFiles.idx(folder, 6, 3);
    String images = folder.resolve("x/../" + TRAIN_IMAGES).toString();
    DataSettings both =
        new DataSettings(
            IDX,
            folder.toString(),
            List.of(),
            List.of(images, folder.resolve(TEST_LABELS).toString()),
            0,
            0,
            0.5);

    assertThatThrownBy(() -> ImageExamples.header(both, HADOOP))
        .isExactlyInstanceOf(DataException.class)
        .hasMessage(
            "Cannot train on what is tested: %s would be both; take it out of data.train, or list"
                + " other files in data.test",
            folder.resolve(TRAIN_IMAGES));
  }

  private void assertRefused(DataSettings settings, String message, String file) {
    String expected =
        message
            .replace("FILE", "file:" + folder + "/" + file)
            .replace("FOLDER", "file:" + folder.toString());
    assertThat(expected.lines()).hasSize(1);
    assertThatThrownBy(() -> ImageExamples.header(settings, HADOOP))
        .isExactlyInstanceOf(DataException.class)
        .hasMessage("%s", expected);
  }
}
