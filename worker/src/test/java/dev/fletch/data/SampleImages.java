package dev.fletch.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Image files: stored beside the tests, written by the JDK, or made byte by byte. */
final class SampleImages {
  private SampleImages() {}

  static byte[] stored(String name) {
    try (InputStream in = SampleImages.class.getResourceAsStream("images/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] written(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("The JDK does not write this image as " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ImagePlanes decoded(byte[] file) throws IOException {
    try (StoredImage image = StoredImage.of(file)) {
      return image.planes();
    }
  }

  /** Red, green and blue of the pixel. */
  static List<Integer> pixel(ImagePlanes image, int x, int y) {
    return image.planes().stream().map(p -> p[y * image.width() + x] & 0xff).toList();
  }

  /** Header of a PNG of the given size, bits and colour type. */
  static byte[] header(int width, int height, int bits, int type) {
    byte[] rest = {(byte) bits, (byte) type, 0, 0, 0};
    return chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(rest).array());
  }

  /** A PNG of these chunks and the last one. */
  static byte[] png(byte[]... chunks) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    for (byte[] chunk : chunks) {
      file.writeBytes(chunk);
    }
    file.writeBytes(chunk("IEND"));
    return file.toByteArray();
  }

  static byte[] chunk(String name, int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      bytes[i] = (byte) content[i];
    }
    return chunk(name, bytes);
  }

  private static byte[] chunk(String name, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] letters = name.getBytes(StandardCharsets.ISO_8859_1);
      CRC32 sum = new CRC32();
      sum.update(letters);
      sum.update(content);
      out.writeInt(content.length);
      out.write(letters);
      out.write(content);
      out.writeInt((int) sum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Image data of one row, or of several that each begin with the filter 0. */
  static byte[] data(int... row) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(0);
      for (int value : row) {
        out.write(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return chunk("IDAT", packed.toByteArray());
  }
}
