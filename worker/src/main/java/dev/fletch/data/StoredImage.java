package dev.fletch.data;

import dev.fletch.data.DecodingMemory.ImageSize;
import java.io.IOException;

/**
 * One image file in memory whose header was read. Decoders throw unchecked exceptions as well as
 * {@link IOException} on damaged files.
 */
sealed interface StoredImage extends AutoCloseable permits JpegImage, RasterImage {
  ImageSize size();

  /**
   * The colours as they are stored: what Pillow's {@code convert("RGB")} gives. Colour profiles and
   * the orientation in EXIF are ignored, transparency is dropped, of 16 bits the upper 8 are taken.
   *
   * @throws IOException saying what is wrong, if the file is truncated, damaged or of a kind that
   *     is not read
   */
  ImagePlanes planes() throws IOException;

  @Override
  void close();

  /**
   * @throws IOException if the file is of no known format, or its header is damaged
   */
  static StoredImage of(byte[] bytes) throws IOException {
    if (JpegHeader.begins(bytes)) {
      return new JpegImage(bytes);
    }
    if (PngChunks.begins(bytes)) {
      PngChunks.check(bytes);
    }
    return RasterImage.open(bytes);
  }
}
