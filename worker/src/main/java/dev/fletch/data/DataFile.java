package dev.fletch.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One file of a data set, wherever it lies. Gzip is recognised by its first two bytes, not by name.
 */
public final class DataFile {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BUFFER = 1 << 16;

  /** Opens the stored bytes. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  private final String name;
  private final Opener opener;

  DataFile(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  /**
   * The decoded bytes from the beginning; to be closed by the caller.
   *
   * @throws DataException if the file cannot be opened
   */
  public DataInput open() {
    InputStream stored = null;
    try {
      stored = new BufferedInputStream(opener.open(), BUFFER);
      stored.mark(2);
      boolean gzip = stored.read() == GZIP_FIRST && stored.read() == GZIP_SECOND;
      stored.reset();
      return new DataInput(name, gzip ? unpacked(stored) : stored);
    } catch (IOException e) {
      close(stored, e);
      throw FileFailures.of(name, e);
    } catch (IllegalArgumentException e) {
      throw FileFailures.of(name, e);
    }
  }

  private static InputStream unpacked(InputStream stored) throws IOException {
    try {
      return new GZIPInputStream(stored, BUFFER);
    } catch (EOFException e) {
      ZipException failure = new ZipException("it ends within its header");
      failure.initCause(e);
      throw failure;
    }
  }

  private static void close(InputStream stream, IOException primary) {
    if (stream == null) {
      return;
    }
    try {
      stream.close();
    } catch (IOException e) {
      primary.addSuppressed(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
