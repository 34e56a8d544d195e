package dev.fletch.data;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The part of the heap that images may take while they are decoded. Threads whose images do not fit
 * beside those of others wait for their turn.
 */
final class DecodingMemory {
  /** Of this process: the other half of its heap is for the data set and everything else. */
  static final DecodingMemory OF_PROCESS = new DecodingMemory(Runtime.getRuntime().maxMemory() / 2);

  private final long limit;
  private final Semaphore free;

  /**
   * @param limit in bytes
   */
  DecodingMemory(long limit) {
    this.limit = limit;
    this.free = new Semaphore(kibibytes(limit), true); // fair, so that large images get their turn
  }

  /** In bytes. */
  long limit() {
    return limit;
  }

  /**
   * Decodes an image as soon as there is room for it.
   *
   * @throws IOException if the image does not fit at all, or from decoding
   */
  void decode(ImageSize size, Decoding decoding) throws IOException {
    if (size.bytes() > limit) {
      throw new IOException(
          "its %s need %d MiB, the limit is %d MiB (half of the heap): make it smaller, or give"
                  .formatted(size, size.bytes() >> 20, limit >> 20)
              + " driver and executors more memory");
    }
    if (size.longestArray() > Integer.MAX_VALUE - 64) {
      throw new IOException(
          "its %s do not fit into one array, the limit is 2 GiB: make it smaller".formatted(size));
    }
    int permits = kibibytes(size.bytes());
    free.acquireUninterruptibly(permits);
    try {
      decoding.run();
    } finally {
      free.release(permits);
    }
  }

  private static int kibibytes(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, bytes >> 10);
  }

  /** What takes the memory. */
  @FunctionalInterface
  interface Decoding {
    void run() throws IOException;
  }

  /**
   * What a header says of an image.
   *
   * @param samples per pixel, as decoders lay them out
   * @param bytesPerPixel taken by decoding, at most
   */
  record ImageSize(int width, int height, int samples, int bytesPerPixel) {
    long bytes() {
      return times(bytesPerPixel);
    }

    long longestArray() {
      return times(samples);
    }

    /** Headers may say anything: the largest number stands for those beyond it. */
    private long times(int factor) {
      long pixels = (long) width * height;
      return pixels > Long.MAX_VALUE / factor ? Long.MAX_VALUE : pixels * factor;
    }

    @Override
    public String toString() {
      return "%d x %d pixels".formatted(width, height);
    }
  }
}
