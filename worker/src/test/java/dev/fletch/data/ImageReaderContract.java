package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the reader of every format owes, on sets of {@value #TRAIN} training and {@value #TEST} test
 * images.
 */
abstract class ImageReaderContract implements Contract {
  static final int TRAIN = 6;
  static final int TEST = 4;

  private final ImageShape shape;
  private final int classes;

  @TempDir Path folder;

  /**
   * @param shape of the images that {@link #write} writes
   * @param classes of them
   */
  ImageReaderContract(ImageShape shape, int classes) {
    this.shape = shape;
    this.classes = classes;
  }

  /** Writes a sound set, the same bytes every time. */
  abstract void write(Path into) throws IOException;

  /** Settings that read such a set whole. */
  abstract DataSettings settings(Path from, int trainLimit, int testLimit);

  /** A training file with pixels, relative to the folder of the set. */
  abstract String fileWithPixels();

  @Override
  public ImageReader subject() {
    DataSettings settings = settings(Path.of("nowhere"), 0, 0);
    return ((ImageFormat) settings.format()).reader(settings);
  }

  private Path written(String name) throws IOException {
    Path into = Files.createDirectory(folder.resolve(name));
    write(into);
    return into;
  }

  private ImageExamples open(Path from) {
    return ImageExamples.open(settings(from, 0, 0), SampleFiles.noAugmentation(), 1, HADOOP);
  }

  private DataHeader header(Path from) {
    return ImageExamples.header(settings(from, 0, 0), HADOOP);
  }

  @Test
  void theHeaderSaysWhatTheImagesAre() throws IOException {
    Path data = written("data");

    DataHeader header = header(data);

    assertThat(header.input()).isEqualTo(shape);
    assertThat(header.classes()).isEqualTo(classes);
    assertThat(header.train()).isEqualTo(TRAIN);
    assertThat(header.weights() + header.alpha()).isEqualTo(TRAIN);
    assertThat(header.test()).isEqualTo(TEST);
    ImageExamples examples = open(data);
    assertThat(examples.input()).isEqualTo(shape);
    assertThat(examples.size(Portion.TRAIN)).isEqualTo(TRAIN);
    assertThat(examples.size(Portion.TEST)).isEqualTo(TEST);
  }

  @Test
  void labelsAreClasses() throws IOException {
    ImageExamples examples = open(written("data"));

    for (Portion portion : List.of(Portion.TRAIN, Portion.TEST)) {
      ImageBatch all = examples.evaluation(portion, 0, examples.size(portion));
      assertThat(Arrays.stream(all.targets()).allMatch(label -> label >= 0 && label < classes))
          .isTrue();
      assertThat(Arrays.stream(all.targets()).distinct().count()).isGreaterThan(1);
      assertThat(all.images()).hasSize(examples.size(portion) * shape.values());
    }
  }

  /** Wherever the files lie, they are the same data set. */
  @Test
  void theSameFilesGiveTheSameBits() throws IOException {
    ImageExamples one = open(written("one"));
    ImageExamples other = open(written("other"));

    assertThat(other.checksum()).isEqualTo(one.checksum());
    assertThat(other.evaluation(Portion.TRAIN, 0, TRAIN).images())
        .isEqualTo(one.evaluation(Portion.TRAIN, 0, TRAIN).images());
  }

  @Test
  void aChangedPixelIsAnotherDataSet() throws IOException {
    Path changed = written("changed");
    change(changed);

    assertThat(open(changed).checksum()).isNotEqualTo(open(written("sound")).checksum());
  }

  /** Changes a pixel of {@link #fileWithPixels}, whose last byte is one unless a format differs. */
  void change(Path data) throws IOException {
    Path file = data.resolve(fileWithPixels());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 0x40;
    Files.write(file, bytes);
  }

  /** Gzip is known by its first bytes, whatever the file is called. */
  @Test
  void gzipFilesAreTheSameDataSet() throws IOException {
    Path packed = written("packed");
    Path file = packed.resolve(fileWithPixels());
    Files.write(file, SampleFiles.gzip(Files.readAllBytes(file)));

    assertThat(open(packed).checksum()).isEqualTo(open(written("plain")).checksum());
  }

  @Test
  void limitsTakeTheirNumberOfExamplesAndKeepTheClasses() throws IOException {
    DataHeader limited = ImageExamples.header(settings(written("data"), 4, 2), HADOOP);

    assertThat(limited.train()).isEqualTo(4);
    assertThat(limited.test()).isEqualTo(2);
    assertThat(limited.classes()).isEqualTo(classes);
    DataHeader beyond = ImageExamples.header(settings(written("more"), 1000, 1000), HADOOP);
    assertThat(beyond.train()).isEqualTo(TRAIN);
    assertThat(beyond.test()).isEqualTo(TEST);
  }

  @Test
  void aFileThatBreaksOffIsRefusedByItsName() throws IOException {
    for (int part = 1; part <= 3; part++) {
      Path cut = written("cut-" + part);
      Path file = cut.resolve(fileWithPixels());
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length * part / 4 + 1));

      assertThatThrownBy(() -> header(cut))
          .as("%d of 4 parts", part)
          .isInstanceOf(DataException.class)
          .hasMessageContaining(file.getFileName().toString());
    }
  }

  @Test
  void anEmptyFileIsRefusedByItsName() throws IOException {
    Path data = written("data");
    Files.write(data.resolve(fileWithPixels()), new byte[0]);

    assertThatThrownBy(() -> header(data))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(Path.of(fileWithPixels()).getFileName().toString());
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    Path nothing = Files.createDirectory(folder.resolve("nothing"));

    assertThatThrownBy(() -> header(nothing))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Cannot find ")
        .hasMessageContaining(nothing.toString());
  }
}
