package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cuda.TestCard;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.buffer.DataType;

/** The kernels for cards, held to the definitions. */
final class CardKernels {
  private static final double TOLERANCE = 6e-6;

  private CardKernels() {}

  /**
   * @param multiprocessors no result may depend on them
   */
  static Kernels open(int multiprocessors) {
    return new CudaKernels(TestCard.open(multiprocessors), Precision.FLOAT32);
  }

  /**
   * What an operation does agrees with {@link NaiveKernels} within rounding, and is the same to the
   * last bit on another card.
   */
  static void check(BiConsumer<Kernels, Operands> operation) {
    List<double[]> expected = Operands.after(new NaiveKernels(), DataType.DOUBLE, operation);
    List<double[]> got = Operands.after(open(4), DataType.FLOAT, operation);
    List<double[]> again = Operands.after(open(9), DataType.FLOAT, operation);
    for (int i = 0; i < expected.size(); i++) {
      double[] wanted = expected.get(i);
      double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
      assertThat(largestDifference(got.get(i), wanted))
          .as("deviation of operand %d, whose values reach %s", i, largest)
          .isLessThan(TOLERANCE * Math.max(1, largest));
      assertThat(again.get(i)).as("operand %d on another card", i).isEqualTo(got.get(i));
    }
  }

  /** NaN if there is one anywhere, so that no comparison holds. */
  private static double largestDifference(double[] x, double[] y) {
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    return largest;
  }
}
