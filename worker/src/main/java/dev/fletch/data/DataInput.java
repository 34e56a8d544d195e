package dev.fletch.data;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of one file, read in order; every failure becomes a {@link DataException} that names
 * the file.
 */
public final class DataInput implements Closeable {
  private static final int CHUNK = 1 << 20;

  private final String name;
  private final InputStream stream;
  private long position;
  private boolean cut;

  DataInput(String name, InputStream stream) {
    this.name = name;
    this.stream = stream;
  }

  /** Bytes read so far. */
  public long position() {
    return position;
  }

  /** The next {@code length} bytes, or fewer where the file ends. */
  public byte[] upTo(int length) {
    // Grows with what arrives, so that a wrong length in a header cannot exhaust the memory.
    byte[] bytes = new byte[Math.min(length, CHUNK)];
    int filled = 0;
    while (filled < length) {
      if (filled == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
      }
      int count = read(bytes, filled);
      if (count < 0) {
        return Arrays.copyOf(bytes, filled);
      }
      filled += count;
    }
    return bytes;
  }

  /**
   * All bytes that are left.
   *
   * @throws DataException if they end within a gzip stream
   */
  public byte[] rest() {
    return rest(Long.MAX_VALUE);
  }

  /**
   * All bytes that are left.
   *
   * @throws DataException if they end within a gzip stream, or are more than {@code most}
   */
  public byte[] rest(long most) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int count = read(chunk, 0); count >= 0; count = read(chunk, 0)) {
      if (rest.size() + (long) count > most) {
        throw new DataException(
            "Cannot use %s: it is longer than the limit of %d MiB".formatted(name, most >> 20));
      }
      rest.write(chunk, 0, count);
    }
    checkWhole();
    return rest.toByteArray();
  }

  /**
   * Reads to the end without keeping anything.
   *
   * @throws DataException if that is within a gzip stream
   */
  public void skipRest() {
    byte[] chunk = new byte[CHUNK];
    int count = 0;
    while (count >= 0) {
      count = read(chunk, 0);
    }
    checkWhole();
  }

  private void checkWhole() {
    if (cut) {
      throw new DataException(
          "Truncated file %s: its gzip stream breaks off after %d unpacked bytes"
              .formatted(name, position));
    }
  }

  /** Fills {@code bytes} from {@code from} on; returns the count, or -1 at the end. */
  private int read(byte[] bytes, int from) {
    try {
      int count = stream.read(bytes, from, bytes.length - from);
      position += Math.max(0, count);
      return count;
    } catch (IOException e) {
      if (e instanceof EOFException && stream instanceof GZIPInputStream) {
        cut = true;
        return -1;
      }
      throw FileFailures.of(name, e);
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw FileFailures.of(name, e);
    }
  }
}
