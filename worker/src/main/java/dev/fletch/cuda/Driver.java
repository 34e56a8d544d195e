package dev.fletch.cuda;

import java.nio.ByteBuffer;

/**
 * One card and one stream on it: everything happens in the order in which it is asked for, and only
 * {@link #download} and {@link #await} wait for it. Addresses are those of the card's memory; every
 * allocation starts at a multiple of 256 bytes. Not thread-safe.
 *
 * <p>What goes wrong on the card is a {@link DriverException} that names what was asked for, at the
 * latest in the next call that waits.
 */
public interface Driver extends AutoCloseable {
  /** For reports: the card and its driver. */
  String name();

  /** How many blocks the card works on at the same time, at least. */
  int multiprocessors();

  /** Bytes that can still be allocated. */
  long freeBytes();

  /** New memory, whose content is undefined. */
  long allocate(long bytes);

  /** Gives back what {@link #allocate} gave. */
  void free(long address);

  /**
   * Copies to the card. {@code from} may be used again as soon as this returns.
   *
   * @param from a direct buffer, from its position to its limit
   */
  void upload(long to, ByteBuffer from);

  /**
   * Copies from the card, and waits for it.
   *
   * @param to a direct buffer, filled from its position to its limit
   */
  void download(long from, ByteBuffer to);

  /** Copies the first {@code count} values to the card; they may change as soon as this returns. */
  void upload(long to, float[] from, int count);

  /** Copies {@code count} values from the card, and waits for it. */
  void download(long from, float[] to, int count);

  /** Copies within the card's memory; the two places must not overlap. */
  void copy(long from, long to, long bytes);

  /** Sets bytes to 0. */
  void clear(long address, long bytes);

  /**
   * Starts a kernel.
   *
   * @param kernel its name in the CUDA sources
   */
  void launch(String kernel, Grid grid, Arguments arguments);

  /** Waits until all that was asked for is done. */
  void await();

  /**
   * From here to {@link #endCapture} work is noted rather than done: only launches, clears and
   * copies within the card are allowed.
   */
  void beginCapture();

  /** What was noted since {@link #beginCapture}, to be done as often as is wanted. */
  Graph endCapture();

  /** Work that was noted once, with the arguments it had then; one launch does all of it. */
  interface Graph extends AutoCloseable {
    /** Does it, in its place in the stream. */
    void launch();

    @Override
    void close();
  }

  @Override
  void close();
}
