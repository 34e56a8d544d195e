package dev.fletch.engine;

/**
 * Activations with their gradient: of images {@code [C, H, W, N]} as matrices {@code [C, H*W*N]},
 * of texts {@code [C, P]} with a column for every position. Values and gradients share their memory
 * with those of slots that are not needed at the same time.
 */
public final class Slot {
  private final Extent extent;
  private final Matrix value;
  private final Matrix gradient;
  private final Slot parent;

  Slot(Matrix value, Matrix gradient, Extent extent) {
    this(value, gradient, extent, null);
  }

  private Slot(Matrix value, Matrix gradient, Extent extent, Slot parent) {
    this.value = value;
    this.gradient = gradient;
    this.extent = extent;
    this.parent = parent;
  }

  /**
   * Channels {@code [from, from + count)}, sharing memory: how cells concatenate without copying.
   */
  public Slot channels(int from, int count) {
    return new Slot(value.rows(from, count), gradient.rows(from, count), extent, this);
  }

  /**
   * These images as ones of a single pixel, {@code [C * H * W, 1, 1, N]}, sharing their memory:
   * every pixel of a channel becomes a channel of its own.
   */
  public Slot split() {
    int rows = channels() * height() * width();
    int columns = batch();
    return new Slot(
        value.reshape(rows, columns),
        gradient.reshape(rows, columns),
        new ImageExtent(columns, 1, 1),
        this);
  }

  public int channels() {
    return value.rowCount();
  }

  /** What its columns are. */
  public Extent extent() {
    return extent;
  }

  /** Number of examples, N. */
  public int batch() {
    return extent.examples();
  }

  /** Of images only. */
  public int height() {
    return image().height();
  }

  /** Of images only. */
  public int width() {
    return image().width();
  }

  private ImageExtent image() {
    if (extent instanceof ImageExtent image) {
      return image;
    }
    throw new IllegalStateException("Texts have no height and width: this block is for images");
  }

  /** The columns of the matrices: H * W * N of images, the sum of the lengths of texts. */
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

  /** The slot that owns the memory. */
  Slot root() {
    return parent == null ? this : parent.root();
  }
}
