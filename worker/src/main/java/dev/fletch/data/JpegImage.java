package dev.fletch.data;

import dev.fletch.data.DecodingMemory.ImageSize;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A JPEG file. The JDK decodes its components; colours are made of them here, because the JDK makes
 * those of grey images by a colour profile, takes YCbCr for RGB by rules of its own and has no
 * CMYK.
 */
final class JpegImage implements StoredImage {
  private final JpegHeader header;
  private final javax.imageio.ImageReader decoder;

  /**
   * @throws IOException if the file is truncated or its header is damaged
   */
  JpegImage(byte[] bytes) throws IOException {
    this.header = JpegHeader.of(bytes);
    this.decoder = ImageIO.getImageReadersByFormatName("jpeg").next();
    decoder.setInput(new BytesInput(bytes), true, true);
  }

  @Override
  public ImageSize size() {
    int samples = header.colours().components();
    int planes = header.colours() == JpegColours.GREY ? 1 : 3;
    int coefficients = header.progressive() ? 2 * samples : 0;
    return new ImageSize(header.width(), header.height(), samples, samples + planes + coefficients);
  }

  @Override
  public ImagePlanes planes() throws IOException {
    List<String> damage = new ArrayList<>();
    decoder.addIIOReadWarningListener((source, warning) -> note(warning, damage));
    Raster raster = decoder.readRaster(0, null);
    if (!damage.isEmpty()) {
      throw new IOException("it is damaged, the decoder says: " + damage.get(0));
    }
    JpegColours colours = header.colours();
    int height = header.height();
    int width = header.width();
    if (raster.getNumBands() != colours.components()
        || raster.getWidth() != width
        || raster.getHeight() != height) {
      throw new IOException("its frame header contradicts its scans");
    }
    byte[] first = new byte[height * width];
    List<byte[]> planes =
        colours == JpegColours.GREY
            ? List.of(first, first, first)
            : List.of(first, new byte[first.length], new byte[first.length]);
    int[] row = new int[width * colours.components()];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      colours.write(row, width, planes, y * width);
    }
    return new ImagePlanes(height, width, planes);
  }

  /**
   * libjpeg warns of data that are missing or wrong and invents the rest. Bytes too many between
   * two segments harm nothing, nor do the other warnings: about profiles, thumbnails and versions.
   */
  private static void note(String warning, List<String> damage) {
    boolean data = warning.startsWith("Corrupt JPEG data") || warning.startsWith("Premature end");
    if (data && !warning.contains("extraneous bytes")) {
      damage.add(warning);
    }
  }

  @Override
  public void close() {
    decoder.dispose();
  }
}
