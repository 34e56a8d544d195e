package dev.fletch.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Makes the operands of a kernel, the same values whatever the type: all are exact in float. Every
 * matrix is a part of a larger one, whose other rows no kernel may touch. Remembers everything it
 * made, so that two kernels can be compared by what they changed and what they left alone.
 */
final class Operands {
  private static final int ROWS_BEFORE = 2;
  private static final int ROWS_BEHIND = 1;

  private final DataType type;
  private final Random random = new Random(20);
  private final List<Matrix> frames = new ArrayList<>();
  private final List<double[]> vectors = new ArrayList<>();

  Operands(DataType type) {
    this.type = type;
  }

  /** Normally distributed values. */
  Matrix matrix(int rows, int columns) {
    return matrix(rows, columns, this::normal);
  }

  /** Values of which many are equal. */
  Matrix ties(int rows, int columns) {
    return matrix(rows, columns, () -> random.nextInt(3) - 1);
  }

  private Matrix matrix(int rows, int columns, DoubleSupplier values) {
    Matrix frame = Matrix.allocate(type, ROWS_BEFORE + rows + ROWS_BEHIND, columns);
    double[] all = new double[frame.rowCount() * columns];
    Arrays.setAll(all, i -> values.getAsDouble());
    frame.write(all);
    frames.add(frame);
    return frame.rows(ROWS_BEFORE, rows);
  }

  /** Normally distributed values. */
  double[] vector(int length) {
    double[] vector = new double[length];
    Arrays.setAll(vector, i -> normal());
    vectors.add(vector);
    return vector;
  }

  private double normal() {
    return (float) random.nextGaussian();
  }

  /** All that was made, in order: first the matrices with what surrounds them, then the vectors. */
  List<double[]> contents() {
    List<double[]> contents = new ArrayList<>();
    for (Matrix frame : frames) {
      double[] values = new double[frame.rowCount() * frame.columnCount()];
      frame.read(values);
      contents.add(values);
    }
    contents.addAll(vectors);
    return contents;
  }
}
