package dev.fletch.engine;

/**
 * Activations {@code [C, N, H, W]} with their gradient, as matrices {@code [C, N*H*W]}. Values and
 * gradients share their memory with those of slots that are not needed at the same time.
 */
public final class Slot {
  private final int batch;
  private final int height;
  private final int width;
  private final Matrix value;
  private final Matrix gradient;
  private final Slot parent;

  Slot(Matrix value, Matrix gradient, int batch, int height, int width) {
    this(value, gradient, batch, height, width, null);
  }

  private Slot(Matrix value, Matrix gradient, int batch, int height, int width, Slot parent) {
    this.value = value;
    this.gradient = gradient;
    this.batch = batch;
    this.height = height;
    this.width = width;
    this.parent = parent;
  }

  /**
   * Channels {@code [from, from + count)}, sharing memory: how cells concatenate without copying.
   */
  public Slot channels(int from, int count) {
    return new Slot(
        value.rows(from, count), gradient.rows(from, count), batch, height, width, this);
  }

  /**
   * This slot as {@code [C * parts, N, 1, 1]}, sharing its memory, for a slot whose columns are
   * ordered (part, n): every part of a channel becomes a channel of its own.
   */
  public Slot split(int parts) {
    int rows = channels() * parts;
    int columns = columns() / parts;
    return new Slot(
        value.reshape(rows, columns), gradient.reshape(rows, columns), columns, 1, 1, this);
  }

  public int channels() {
    return value.rowCount();
  }

  public int batch() {
    return batch;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** N * H * W, the columns of the matrices. */
  public int columns() {
    return value.columnCount();
  }

  /**
   * Valid from the step that writes it to the last that reads it, and again in the backward of
   * those steps.
   */
  public Matrix value() {
    return value;
  }

  /**
   * dL/d(value); valid only while the backward pass is between the slot's last reader and its
   * writer.
   */
  public Matrix gradient() {
    return gradient;
  }

  /** {@code [C * N, H * W]}: one row per channel and image. */
  public Matrix valuePlanes() {
    return value.reshape(channels() * batch, height * width);
  }

  /** {@code [C * N, H * W]}: one row per channel and image. */
  public Matrix gradientPlanes() {
    return gradient.reshape(channels() * batch, height * width);
  }

  /** The slot that owns the memory. */
  Slot root() {
    return parent == null ? this : parent.root();
  }
}
