package dev.fletch.engine;

/**
 * Activations {@code [C, N, H, W]} with their gradient, as matrices {@code [C, N*H*W]}. The
 * gradient's memory is shared with slots that are not alive at the same time in the backward pass.
 */
public final class Slot {
  private final int channels;
  private final int batch;
  private final int height;
  private final int width;
  private final Matrix value;
  private final Slot parent;
  private final int firstChannel;
  private Matrix gradient;

  Slot(Matrix value, int batch, int height, int width) {
    this(value, batch, height, width, null, 0);
  }

  private Slot(Matrix value, int batch, int height, int width, Slot parent, int firstChannel) {
    this.channels = value.rowCount();
    this.batch = batch;
    this.height = height;
    this.width = width;
    this.value = value;
    this.parent = parent;
    this.firstChannel = firstChannel;
  }

  /**
   * Channels {@code [from, from + count)}, sharing memory: how cells concatenate without copying.
   */
  public Slot channels(int from, int count) {
    return new Slot(value.rows(from, count), batch, height, width, this, from);
  }

  /**
   * The same memory as {@code [C * parts, N, 1, 1]}, for a slot whose columns are ordered (part,
   * n): every part of a channel becomes a channel of its own.
   */
  public Slot split(int parts) {
    return new Slot(
        value.carve(0, channels * parts, columns() / parts), columns() / parts, 1, 1, this, 0);
  }

  public int channels() {
    return channels;
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

  public Matrix value() {
    return value;
  }

  /**
   * dL/d(value); valid only while the backward pass is between the slot's last reader and its
   * writer.
   */
  public Matrix gradient() {
    if (gradient == null) {
      if (parent == null) {
        throw new IllegalStateException(
            "This slot has no gradient: it is an input, or the plan is not built yet");
      }
      gradient =
          parent.columns() == columns()
              ? parent.gradient().rows(firstChannel, channels)
              : parent.gradient().carve(0, channels, columns());
    }
    return gradient;
  }

  void gradient(Matrix memory) {
    this.gradient = memory;
  }

  /** The slot that owns the memory. */
  Slot root() {
    return parent == null ? this : parent.root();
  }
}
