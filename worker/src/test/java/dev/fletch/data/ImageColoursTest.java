package dev.fletch.data;

import static dev.fletch.data.SampleImages.chunk;
import static dev.fletch.data.SampleImages.data;
import static dev.fletch.data.SampleImages.decoded;
import static dev.fletch.data.SampleImages.header;
import static dev.fletch.data.SampleImages.pixel;
import static dev.fletch.data.SampleImages.png;
import static dev.fletch.data.SampleImages.stored;
import static dev.fletch.data.SampleImages.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoded colours are those that Pillow's {@code convert("RGB")} gives, to the bit. */
class ImageColoursTest {
  /** One file has the orientation 6 of EXIF: Pillow leaves it unturned. */
  @ParameterizedTest
  @CsvFileSource(resources = "images/expected.csv", numLinesToSkip = 1)
  void storedFilesDecodeAsInPillow(
      String file, int width, int height, String first, String middle, String last)
      throws IOException {
    ImagePlanes image = decoded(stored(file));

    assertThat(List.of(image.width(), image.height())).containsExactly(width, height);
    assertThat(pixel(image, 0, 0)).isEqualTo(colour(first));
    assertThat(pixel(image, width / 2, height / 2)).isEqualTo(colour(middle));
    assertThat(pixel(image, width - 1, height - 1)).isEqualTo(colour(last));
  }

  private static List<Integer> colour(String text) {
    return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey8.png", "grey8.jpg", "rgb8.png", "rgb8.jpg"})
  void aConstantGreyKeepsItsValue(String kind) throws IOException {
    ImagePlanes image = decoded(stored("constant128-" + kind));

    for (byte[] plane : image.planes()) {
      assertThat(plane).containsOnly(128);
    }
  }

  static Stream<Arguments> pngs() {
    int grey = 0;
    int rgb = 2;
    int palette = 3;
    int greyAlpha = 4;
    int rgbAlpha = 6;
    byte[] colours = chunk("PLTE", 1, 2, 3, 40, 50, 60, 7, 8, 9, 100, 110, 120);
    return Stream.of(
        arguments("0 0 0,255 255 255", png(header(2, 1, 1, grey), data(0b01_000000))),
        arguments("85 85 85,170 170 170", png(header(2, 1, 2, grey), data(0b01_10_0000))),
        arguments("51 51 51,238 238 238", png(header(2, 1, 4, grey), data(0x3e))),
        arguments("128 128 128,7 7 7", png(header(2, 1, 8, grey), data(128, 7))),
        arguments("128 128 128,7 7 7", png(header(2, 1, 16, grey), data(128, 255, 7, 254))),
        arguments(
            "0 0 0,255 255 255",
            png(header(2, 1, 1, grey), chunk("tRNS", 0, 1), data(0b01_000000))),
        arguments(
            "85 85 85,170 170 170",
            png(header(2, 1, 2, grey), chunk("tRNS", 0, 1), data(0b01_10_0000))),
        arguments(
            "51 51 51,238 238 238", png(header(2, 1, 4, grey), chunk("tRNS", 0, 3), data(0x3e))),
        arguments(
            "128 128 128,7 7 7",
            png(header(2, 1, 16, grey), chunk("tRNS", 128, 255), data(128, 255, 7, 254))),
        arguments("128 128 128,7 7 7", png(header(2, 1, 8, greyAlpha), data(128, 0, 7, 90))),
        arguments(
            "128 128 128,7 7 7",
            png(header(2, 1, 16, greyAlpha), data(128, 255, 0, 0, 7, 254, 90, 0))),
        arguments(
            "10 20 30,40 50 60",
            png(
                header(2, 1, 8, rgb),
                chunk("tRNS", 0, 10, 0, 20, 0, 30),
                data(10, 20, 30, 40, 50, 60))),
        arguments(
            "10 20 30,40 50 60",
            png(
                header(2, 1, 16, rgb),
                chunk("tRNS", 10, 255, 20, 255, 30, 0),
                data(10, 255, 20, 255, 30, 0, 40, 1, 50, 2, 60, 255))),
        arguments(
            "10 20 30,40 50 60",
            png(
                header(2, 1, 16, rgbAlpha),
                data(10, 255, 20, 255, 30, 0, 0, 0, 40, 1, 50, 2, 60, 255, 1, 1))),
        arguments(
            "10 20 30,40 50 60",
            png(header(2, 1, 8, rgb), chunk("gAMA", 0, 0, 100, 0), data(10, 20, 30, 40, 50, 60))),
        arguments("40 50 60,1 2 3", png(header(2, 1, 1, palette), colours(), data(0b10_000000))),
        arguments("40 50 60,7 8 9", png(header(2, 1, 2, palette), colours, data(0b01_10_0000))),
        arguments("100 110 120,7 8 9", png(header(2, 1, 4, palette), colours, data(0x32))),
        arguments(
            "100 110 120,7 8 9",
            png(header(2, 1, 8, palette), colours, chunk("tRNS", 255, 1, 1, 0), data(3, 2))));
  }

  private static byte[] colours() {
    return chunk("PLTE", 1, 2, 3, 40, 50, 60);
  }

  @ParameterizedTest
  @MethodSource("pngs")
  void pngsOfAllDepthsKeepTheirSamples(String colours, byte[] file) throws IOException {
    ImagePlanes image = decoded(file);
    String[] expected = colours.split(",");

    assertThat(pixel(image, 0, 0)).isEqualTo(colour(expected[0]));
    assertThat(pixel(image, 1, 0)).isEqualTo(colour(expected[1]));
  }

  static Stream<Arguments> otherFiles() {
    return Stream.of(
        arguments("bmp", BufferedImage.TYPE_BYTE_GRAY),
        arguments("bmp", BufferedImage.TYPE_3BYTE_BGR),
        arguments("bmp", BufferedImage.TYPE_INT_RGB),
        arguments("gif", BufferedImage.TYPE_BYTE_GRAY),
        arguments("tiff", BufferedImage.TYPE_BYTE_GRAY),
        arguments("tiff", BufferedImage.TYPE_USHORT_GRAY),
        arguments("tiff", BufferedImage.TYPE_3BYTE_BGR),
        arguments("tiff", BufferedImage.TYPE_4BYTE_ABGR),
        arguments("png", BufferedImage.TYPE_4BYTE_ABGR),
        arguments("png", BufferedImage.TYPE_USHORT_GRAY));
  }

  /** Grey 0 to 255, written into the raster so that no colour profile takes part. */
  @ParameterizedTest
  @MethodSource("otherFiles")
  void otherFormatsKeepTheirSamples(String format, int type) throws IOException {
    BufferedImage written = new BufferedImage(16, 16, type);
    int scale = type == BufferedImage.TYPE_USHORT_GRAY ? 257 : 1;
    for (int i = 0; i < 256; i++) {
      for (int band = 0; band < written.getRaster().getNumBands(); band++) {
        written.getRaster().setSample(i % 16, i / 16, band, i * scale);
      }
    }
    ImagePlanes image = decoded(written(written, format));

    for (int i = 0; i < 256; i++) {
      assertThat(pixel(image, i % 16, i / 16)).containsExactly(i, i, i);
    }
  }

  @Test
  void packedSamplesOfFiveBitsFillTheWholeRange() throws IOException {
    BufferedImage written = new BufferedImage(32, 1, BufferedImage.TYPE_USHORT_555_RGB);
    for (int i = 0; i < 32; i++) {
      written.getRaster().setPixel(i, 0, new int[] {i, 31 - i, 0});
    }
    ImagePlanes image = decoded(written(written, "bmp"));

    assertThat(pixel(image, 0, 0)).containsExactly(0, 255, 0);
    assertThat(pixel(image, 16, 0)).containsExactly(132, 123, 0);
    assertThat(pixel(image, 31, 0)).containsExactly(255, 0, 0);
  }

  @Test
  void blackAndWhiteFilesOfOneBit() throws IOException {
    for (String format : List.of("bmp", "gif", "tiff", "png")) {
      BufferedImage written = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
      written.getRaster().setSample(1, 0, 0, 1);
      ImagePlanes image = decoded(written(written, format));

      assertThat(pixel(image, 0, 0)).as(format).containsExactly(0, 0, 0);
      assertThat(pixel(image, 1, 0)).as(format).containsExactly(255, 255, 255);
    }
  }

  @Test
  void coloursThatWereMultipliedByTheirOpacityAreDividedByIt() throws IOException {
    BufferedImage written = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR_PRE);
    written.getRaster().setPixel(0, 0, new int[] {100, 20, 128, 128});

    assertThat(pixel(decoded(written(written, "tiff")), 0, 0)).containsExactly(199, 40, 255);
  }

  @Test
  void samplesThatNobodyCanTakeForEightBitsAreRefused() {
    ColorModel floats =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_FLOAT);
    BufferedImage image =
        new BufferedImage(floats, floats.createCompatibleWritableRaster(2, 2), false, null);

    assertThatThrownBy(() -> decoded(written(image, "tiff")))
        .isInstanceOf(IOException.class)
        .hasMessage("its samples are not of 1 to 16 bits; save it with 8 bits a sample");
  }

  /** Pillow takes the same components as CMYK or YCCK, by what Adobe's segment says. */
  @Test
  void aPixelOfFourComponents() {
    List<byte[]> planes = IntStream.range(0, 3).mapToObj(i -> new byte[2]).toList();
    int[] row = {200, 100, 50, 255, 200, 100, 50, 128};
    JpegColours.CMYK.write(row, 2, planes, 0);
    ImagePlanes inks = new ImagePlanes(1, 2, planes);

    assertThat(pixel(inks, 0, 0)).containsExactly(200, 100, 50);
    assertThat(pixel(inks, 1, 0)).containsExactly(100, 50, 25);
    JpegColours.YCCK.write(row, 2, planes, 0);
    assertThat(pixel(inks, 0, 0)).containsExactly(164, 0, 105);
  }

  /** Without segments of JFIF or Adobe, the names of the components decide. */
  @Test
  void componentsNamedRgbAreNotConverted() throws IOException {
    byte[] file = stored("20_rgb.jpg");
    List<Integer> usual = pixel(decoded(file), 0, 0);
    for (int i = 0; i < file.length - 1; i++) {
      if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xe0) {
        file[i + 4] = 'X';
      }
      boolean frame = (file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xc0;
      boolean scan = (file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xda;
      for (int j = 0; j < 3 && (frame || scan); j++) {
        file[i + (frame ? 10 + 3 * j : 5 + 2 * j)] = (byte) "RGB".charAt(j);
      }
    }

    assertThat(usual).containsExactly(0, 0, 254);
    assertThat(pixel(decoded(file), 0, 0)).containsExactly(29, 255, 107); // its Y, Cb and Cr
  }
}
