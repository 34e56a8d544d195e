package dev.fletch.engine;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A row-major matrix in native memory, or on a card. Activations {@code [C, H, W, N]} are the
 * matrix {@code [C, P]} with {@code P = H * W * N}: channels first, so that a 1x1 convolution is
 * one product and concatenating channels costs nothing; images last, so that what lies under a tap
 * of a window is one run of values.
 *
 * <p>Matrices of a plan may be cut up while the plan is laid out, but hold values only once it is
 * built. Those of packed texts have as many columns as the minibatch has positions: their rows then
 * lie elsewhere in the same memory.
 */
public final class Matrix {
  private final Storage storage;
  private final long start;
  private final int firstRow;
  private final int rows;
  private final int columns;
  private final Sequences sequences;
  private View view;

  private Matrix(
      Storage storage, long start, int firstRow, int rows, int columns, Sequences sequences) {
    this.storage = storage;
    this.start = start;
    this.firstRow = firstRow;
    this.rows = rows;
    this.columns = columns;
    this.sequences = sequences;
  }

  /** The matrix where it lies now; what is read of it once is kept. */
  private final class View {
    private final int of;
    private INDArray array;
    private FloatBuffer host;
    private FloatPointer base;

    View(int columns) {
      this.of = columns;
    }

    private long start() {
      return sequences == null ? start : (long) firstRow * of;
    }

    private INDArray array() {
      if (array == null) {
        array = hostMemory().view(storage.at(start()), rows, of);
      }
      return array;
    }

    private FloatBuffer host() {
      if (host == null && storage.block() instanceof HostMemory memory) {
        host = memory.floats(storage.at(start()), rows * of);
      }
      return host;
    }

    private HostMemory hostMemory() {
      if (storage.block() instanceof HostMemory memory) {
        return memory;
      }
      throw new IllegalStateException("These values lie on a card: read a copy of them");
    }

    private FloatPointer pointer(long offset) {
      if (base == null) {
        base = new FloatPointer(host());
      }
      return base.getPointer(offset);
    }
  }

  private View view() {
    View current = view;
    if (current == null || current.of != columnCount()) {
      current = new View(columnCount());
      view = current;
    }
    return current;
  }

  /** The whole of a storage that may get its place later. */
  static Matrix over(Storage storage, int rows, int columns) {
    return new Matrix(storage, 0, 0, rows, columns, null);
  }

  /** The first values of a storage: rows with the columns that {@code sequences} have. */
  static Matrix over(Storage storage, int rows, Sequences sequences) {
    return new Matrix(storage, 0, 0, rows, 0, sequences);
  }

  /** Zeros, in host memory of their own. */
  public static Matrix allocate(DataType type, int rows, int columns) {
    Storage storage = new Storage((long) rows * columns, "");
    storage.place(new HostMemory(type, (long) rows * columns), 0);
    return over(storage, rows, columns);
  }

  /** Rows {@code [from, from + count)} of this matrix, sharing its memory. */
  public Matrix rows(int from, int count) {
    if (from == 0 && count == rows) {
      return this;
    }
    return new Matrix(
        storage, start + (long) from * columns, firstRow + from, count, columns, sequences);
  }

  /**
   * The values of this matrix, row by row, as rows of {@code newColumns}, sharing its memory.
   *
   * @throws IllegalArgumentException if {@code newRows * newColumns} is not the number of values,
   *     or that number changes
   */
  public Matrix reshape(int newRows, int newColumns) {
    if (sequences != null || (long) newRows * newColumns != (long) rows * columns) {
      throw new IllegalArgumentException(
          "Cannot see a matrix [%d, %s] as [%d, %d]"
              .formatted(rows, sequences == null ? columns : "words", newRows, newColumns));
    }
    return new Matrix(storage, start, 0, newRows, newColumns, null);
  }

  public INDArray array() {
    return view().array();
  }

  public int rowCount() {
    return rows;
  }

  public int columnCount() {
    return sequences == null ? columns : sequences.columns();
  }

  /** The values as a float buffer, row-major; null unless floats in host memory. */
  FloatBuffer host() {
    return view().host();
  }

  /** The address of value {@code offset}, for BLAS; only for float matrices in host memory. */
  FloatPointer pointer(long offset) {
    return view().pointer(offset);
  }

  /** Where the first value lies in the memory of a card. */
  long address() {
    if (storage.block() instanceof DeviceMemory memory) {
      return memory.address(storage.at(view().start()));
    }
    throw new IllegalStateException("These values lie in host memory, not on a card");
  }

  /** Where the first value lies in its block. */
  private long at() {
    return storage.at(view().start());
  }

  /** Whether it always has the same number of columns. */
  boolean isFixed() {
    return sequences == null;
  }

  /** How many values there are. */
  private int count() {
    return rows * columnCount();
  }

  /** Copies all values into {@code target}, row by row. */
  public void read(double[] target) {
    read(target, 0);
  }

  /** Copies all values into {@code target} from index {@code at} on, row by row. */
  public void read(double[] target, int at) {
    FloatBuffer values = host();
    if (values == null) {
      storage.block().read(at(), count(), target, at);
      return;
    }
    for (int i = 0; i < count(); i++) {
      target[at + i] = values.get(i);
    }
  }

  /** Copies all values into {@code target}, row by row. */
  public void read(float[] target) {
    FloatBuffer values = host();
    if (values == null) {
      storage.block().read(at(), count(), target);
      return;
    }
    values.get(0, target, 0, count());
  }

  /** Overwrites all values from {@code source}, row by row. */
  public void write(double[] source) {
    write(source, 0);
  }

  /** Overwrites all values from {@code source} from index {@code at} on, row by row. */
  public void write(double[] source, int at) {
    FloatBuffer values = host();
    if (values == null) {
      storage.block().write(at(), count(), source, at);
      return;
    }
    for (int i = 0; i < count(); i++) {
      values.put(i, (float) source[at + i]);
    }
  }

  /** Overwrites all values from {@code source}, row by row. */
  public void write(float[] source) {
    FloatBuffer values = host();
    if (values == null) {
      storage.block().write(at(), count(), source);
      return;
    }
    values.put(0, source, 0, count());
  }

  public void zero() {
    zero(0, count());
  }

  /** Values {@code [from, from + count)} only. */
  void zero(int from, int count) {
    storage.block().zero(at() + from, count);
  }
}
