package dev.fletch.data;

import dev.fletch.data.DecodingMemory.ImageSize;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A file in any other format that the JDK decodes. Samples are read from the raster: {@link
 * BufferedImage#getRGB} takes those of grey images for linear light, and brightens them.
 */
final class RasterImage implements StoredImage {
  private final BytesInput input;
  private final javax.imageio.ImageReader decoder;
  private final ImageSize size;

  private RasterImage(BytesInput input, javax.imageio.ImageReader decoder) throws IOException {
    this.input = input;
    this.decoder = decoder;
    decoder.setInput(input, true, true);
    ColorModel model = decoder.getImageTypes(0).next().getColorModel();
    int samples = model instanceof IndexColorModel ? 1 : model.getNumComponents();
    int planes = isGrey(model) ? 1 : 3;
    int bytes = (model.getPixelSize() + 7) / 8;
    this.size = new ImageSize(decoder.getWidth(0), decoder.getHeight(0), samples, bytes + planes);
  }

  /**
   * @throws IOException if the file is of no known format, or its header is damaged
   */
  static RasterImage open(byte[] bytes) throws IOException {
    Iterator<javax.imageio.ImageReader> decoders = ImageIO.getImageReaders(new BytesInput(bytes));
    if (!decoders.hasNext()) {
      throw new IOException(
          bytes.length == 0 ? "it is empty" : "it is neither JPEG nor PNG, nor BMP, GIF or TIFF");
    }
    BytesInput input = new BytesInput(bytes);
    return input.whole(() -> new RasterImage(input, decoders.next()));
  }

  @Override
  public ImageSize size() {
    return size;
  }

  @Override
  public ImagePlanes planes() throws IOException {
    BufferedImage image = input.whole(() -> decoder.read(0));
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return coloured(image.getRaster(), palette);
    }
    checkSamples(model);
    if (image.isAlphaPremultiplied()) {
      image.coerceData(false); // some TIFF files hold colours that are darkened already
    }
    return isGrey(model) ? grey(image) : coloured(image);
  }

  private static boolean isGrey(ColorModel model) {
    return !(model instanceof IndexColorModel)
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static void checkSamples(ColorModel model) throws IOException {
    int colours = model.getColorSpace().getType();
    if (colours != ColorSpace.TYPE_GRAY && colours != ColorSpace.TYPE_RGB) {
      throw new IOException("its colours are neither grey nor RGB; save it as an RGB image");
    }
    int type = model.getTransferType();
    boolean packed = type == DataBuffer.TYPE_INT && model instanceof DirectColorModel;
    if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT && !packed) {
      throw new IOException("its samples are not of 1 to 16 bits; save it with 8 bits a sample");
    }
  }

  private static ImagePlanes grey(BufferedImage image) {
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    byte[] plane = plane(raster);
    band(raster, 0, image.getColorModel().getComponentSize(0), plane);
    return ImagePlanes.grey(raster.getHeight(), width, plane);
  }

  private static ImagePlanes coloured(BufferedImage image) {
    Raster raster = image.getRaster();
    List<byte[]> planes = List.of(plane(raster), plane(raster), plane(raster));
    for (int i = 0; i < planes.size(); i++) {
      band(raster, i, image.getColorModel().getComponentSize(i), planes.get(i));
    }
    return new ImagePlanes(raster.getHeight(), raster.getWidth(), planes);
  }

  private static ImagePlanes coloured(Raster raster, IndexColorModel palette) {
    List<byte[]> planes = List.of(plane(raster), plane(raster), plane(raster));
    band(raster, 0, Byte.SIZE, planes.get(0));
    for (int i = 0; i < planes.get(0).length; i++) {
      int colour = palette.getRGB(planes.get(0)[i] & 0xff);
      planes.get(0)[i] = (byte) (colour >> 16);
      planes.get(1)[i] = (byte) (colour >> 8);
      planes.get(2)[i] = (byte) colour;
    }
    return new ImagePlanes(raster.getHeight(), raster.getWidth(), planes);
  }

  private static byte[] plane(Raster raster) {
    return new byte[raster.getHeight() * raster.getWidth()];
  }

  private static void band(Raster raster, int band, int bits, byte[] out) {
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
      for (int x = 0; x < width; x++) {
        out[y * width + x] = (byte) eightBits(row[x], bits);
      }
    }
  }

  private static int eightBits(int sample, int bits) {
    if (bits >= Byte.SIZE) {
      return sample >> (bits - Byte.SIZE);
    }
    int most = (1 << bits) - 1;
    return (sample * 255 + most / 2) / most;
  }

  @Override
  public void close() {
    decoder.dispose();
  }
}
