package dev.fletch.data;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory, for decoders. It notes whether more was asked for than there is: at the end of
 * a truncated image decoders fail in many ways, or leave the rest of it black without a word.
 */
final class BytesInput extends ImageInputStreamImpl {
  /** What is said of such files. */
  static final String TRUNCATED = "it is truncated, the end of the image is missing";

  private final byte[] bytes;
  private boolean exhausted;

  BytesInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What is read from a file. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * What {@code reading} gives.
   *
   * @throws IOException from {@code reading}, or because it asked for more than there is
   */
  <T> T whole(Reading<T> reading) throws IOException {
    T result;
    try {
      result = reading.read();
    } catch (IOException | RuntimeException e) {
      if (exhausted) {
        throw new IOException(TRUNCATED); // whatever the decoder made of it says less
      }
      throw e;
    }
    if (exhausted) {
      throw new IOException(TRUNCATED);
    }
    return result;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      exhausted = true;
      return -1;
    }
    return bytes[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= bytes.length) {
      exhausted = true;
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, out, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
