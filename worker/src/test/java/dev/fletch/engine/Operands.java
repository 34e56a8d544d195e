package dev.fletch.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
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

  private final Kernels kernels;
  private final DataType type;
  private final Random random = new Random(20);
  private final List<Memory> memory = new ArrayList<>();
  private final List<Matrix> frames = new ArrayList<>();
  private final List<Doubles> vectors = new ArrayList<>();

  private Operands(Kernels kernels, DataType type) {
    this.kernels = kernels;
    this.type = type;
  }

  /**
   * What is in all operands after an operation.
   *
   * @param kernels closed at the end
   */
  static List<double[]> after(
      Kernels kernels, DataType type, BiConsumer<Kernels, Operands> operation) {
    try (kernels) {
      Operands operands = new Operands(kernels, type);
      operation.accept(kernels, operands);
      List<double[]> contents = operands.contents();
      operands.memory.forEach(Memory::close);
      return contents;
    }
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
    int all = (ROWS_BEFORE + rows + ROWS_BEHIND) * columns;
    Memory block = kernels.memory(type, all);
    memory.add(block);
    Storage storage = new Storage(all, "");
    storage.place(block, 0);
    Matrix frame = Matrix.over(storage, ROWS_BEFORE + rows + ROWS_BEHIND, columns);
    double[] drawn = new double[all];
    Arrays.setAll(drawn, i -> values.getAsDouble());
    frame.write(drawn);
    frames.add(frame);
    return frame.rows(ROWS_BEFORE, rows);
  }

  /** Normally distributed values. */
  Doubles vector(int length) {
    double[] drawn = new double[length];
    Arrays.setAll(drawn, i -> normal());
    Doubles vector = kernels.doubles(length);
    vector.write(drawn);
    vectors.add(vector);
    return vector;
  }

  /** Values of at least 0.5. */
  Doubles positive(int length) {
    Doubles vector = vector(length);
    double[] values = vector.toDoubles();
    Arrays.setAll(values, i -> 0.5 + Math.abs(values[i]));
    vector.write(values);
    return vector;
  }

  /** Covariances {@code [inputs, inputs]} of rows of random values, one below the other. */
  Matrix covariances(int count, int inputs) {
    double[] all = new double[count * inputs * inputs];
    for (int block = 0; block < count; block++) {
      double[] x = new double[inputs * 3];
      Arrays.setAll(x, i -> normal());
      for (int i = 0; i < inputs * inputs; i++) {
        double sum = i / inputs == i % inputs ? 0.25 : 0;
        for (int column = 0; column < 3; column++) {
          sum += x[i / inputs * 3 + column] * x[i % inputs * 3 + column] / 3;
        }
        all[block * inputs * inputs + i] = (float) sum;
      }
    }
    Matrix matrix = matrix(count * inputs, inputs);
    matrix.write(all);
    return matrix;
  }

  /** A pass with random vectors; those of statistics are positive. */
  Pass pass(int weights, int mixing, int statistics) {
    Pass pass = new Pass(kernels, weights, mixing, statistics);
    for (Doubles vector :
        List.of(pass.weights(), pass.weightGradient(), pass.mixing(), pass.mixingGradient())) {
      double[] drawn = new double[vector.length()];
      Arrays.setAll(drawn, i -> normal());
      vector.write(drawn);
      vectors.add(vector);
    }
    pass.runningStatistics().write(positive(statistics).toDoubles());
    vectors.add(pass.batchStatistics());
    return pass;
  }

  /** Given values, all of them exact in float. */
  Matrix given(int columns, double... values) {
    Matrix matrix = matrix(values.length / columns, columns);
    matrix.write(values);
    return matrix;
  }

  private double normal() {
    return (float) random.nextGaussian();
  }

  /** All that was made, in order: first the matrices with what surrounds them, then the vectors. */
  private List<double[]> contents() {
    List<double[]> contents = new ArrayList<>();
    for (Matrix frame : frames) {
      double[] values = new double[frame.rowCount() * frame.columnCount()];
      frame.read(values);
      contents.add(values);
    }
    vectors.forEach(vector -> contents.add(vector.toDoubles()));
    return contents;
  }
}
