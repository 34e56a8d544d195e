package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleImages.decoded;
import static dev.fletch.data.SampleImages.stored;
import static dev.fletch.data.SampleImages.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are not what they should be are refused, never half of them trained on. */
class BrokenImagesTest {
  private static final String TRUNCATED = "it is truncated, the end of the image is missing";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"20_rgb.jpg", "22_prog.jpg", "23_grey.jpg", "24_cmyk.jpg", "25_exif6.jpg"})
  void jpegsThatEndTooEarly(String name) {
    byte[] whole = stored(name);

    for (int length = 2; length < whole.length; length++) {
      assertTruncated(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void aJpegOfSeveralCodingUnitsThatEndsTooEarly() {
    assertTruncated(stored("truncated-at-60-percent.jpg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20_rgb.jpg", "23_grey.jpg", "24_cmyk.jpg"})
  void jpegsThatLackDataBeforeTheirEnd(String name) {
    byte[] whole = stored(name);

    for (int percent : new int[] {80, 90, 95}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100 + 2);
      cut[cut.length - 2] = (byte) 0xff;
      cut[cut.length - 1] = (byte) 0xd9;
      assertThatThrownBy(() -> decoded(cut))
          .hasMessage(
              "it is damaged, the decoder says:"
                  + " Corrupt JPEG data: premature end of data segment");
    }
  }

  /** As cameras append previews and programs pad files. */
  @Test
  void bytesBehindTheImageDoNoHarm() throws IOException {
    for (String name : List.of("20_rgb.jpg", "03_rgb8.png")) {
      byte[] whole = stored(name);
      byte[] longer = Arrays.copyOf(whole, whole.length + 100);

      assertThat(decoded(longer).planes().get(2)).isEqualTo(decoded(whole).planes().get(2));
    }
  }

  @Test
  void pngsThatEndTooEarlyOrWereChanged() {
    byte[] whole = stored("03_rgb8.png");
    for (int length = 8; length < whole.length; length++) {
      assertTruncated(Arrays.copyOf(whole, length));
    }
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;

    assertThatThrownBy(() -> decoded(changed))
        .hasMessage("it is damaged, the checksum of a chunk IDAT is wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "gif", "tiff"})
  void filesOfOtherFormatsThatEndTooEarly(String format) {
    BufferedImage noise = new BufferedImage(40, 40, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(1);
    for (int i = 0; i < 1600; i++) {
      noise.setRGB(i % 40, i / 40, random.nextInt());
    }
    byte[] whole = written(noise, format);

    for (int percent : new int[] {5, 40, 60, 80, 95, 99}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
      assertThatThrownBy(() -> decoded(cut))
          .isInstanceOf(IOException.class)
          .message()
          .isIn(TRUNCATED, "Data segment out of stream"); // the latter by the reader of TIFF
    }
  }

  private static void assertTruncated(byte[] file) {
    assertThatThrownBy(() -> decoded(file)).isInstanceOf(IOException.class).hasMessage(TRUNCATED);
  }

  @Test
  void whatIsNoImage() {
    assertThatThrownBy(() -> decoded(new byte[0])).hasMessage("it is empty");
    assertThatThrownBy(() -> decoded("<html>".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("it is neither JPEG nor PNG, nor BMP, GIF or TIFF");
  }

  @Test
  void oneTryNamesAllOfAFolderInOrder() throws IOException {
    for (String name : List.of("train/ant/a", "train/ant/b", "train/bee/a", "train/bee/b")) {
      write(name + ".png", stored("01_grey8.png"));
    }
    write("val/ant/a.png", stored("01_grey8.png"));
    write("val/bee/a.png", stored("01_grey8.png"));
    byte[] jpeg = stored("23_grey.jpg");
    write("train/bee/c.jpg", Arrays.copyOf(jpeg, 400));
    assertRefused(
        "Cannot decode the image file:FOLDER/train/bee/c.jpg: "
            + TRUNCATED
            + "; replace or remove"
            + " it");
    write("train/ant/c.png", new byte[0]);
    write("val/bee/b.png", new byte[] {1});
    for (int i = 0; i < 3; i++) {
      assertRefused(
          "3 images are broken: Cannot decode the image file:FOLDER/train/ant/c.png: it is empty;"
              + " Cannot decode the image file:FOLDER/train/bee/c.jpg: "
              + TRUNCATED
              + "; Cannot decode the image file:FOLDER/val/bee/b.png: it is neither JPEG nor PNG,"
              + " nor BMP, GIF or TIFF; replace or remove them");
    }
  }

  @Test
  void ofManyTheFirstTwentyAreNamed() throws IOException {
    for (int i = 10; i < 33; i++) {
      write("train/ant/" + i + ".png", new byte[0]);
    }
    write("val/ant/1.png", new byte[0]);

    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .message()
        .startsWith("24 images are broken: Cannot decode the image ")
        .contains("ant/10.png", "ant/29.png")
        .doesNotContain("ant/30.png")
        .endsWith("ant/29.png: it is empty; and 4 others; replace or remove them")
        .hasLineCount(1);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessage("%s", message.replace("FOLDER", folder.toString()));
  }

  private ImageExamples open() {
    DataSettings settings =
        new DataSettings(
            new FolderFormat(), folder.toString(), List.of(), List.of(), 0, 0, 4, 0, 0.5);
    return ImageExamples.open(settings, SampleFiles.noAugmentation(), 1, HADOOP);
  }
}
