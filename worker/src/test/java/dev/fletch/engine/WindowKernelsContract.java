package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.contract.Contract;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What slides windows over images of any size agrees with {@link NaiveKernels} within rounding. */
abstract class WindowKernelsContract implements Contract {
  static final int CHANNELS = 5;
  private static final int BATCH = 2;

  /** Weights begin somewhere in the flat vector. */
  private static final int OFFSET = 3;

  private final DataType type;
  private final Supplier<Kernels> open;

  WindowKernelsContract(DataType type, Supplier<Kernels> open) {
    this.type = type;
    this.open = open;
  }

  @Override
  public Kernels subject() {
    return open.get();
  }

  /**
   * Of the largest value. Sums have up to some thousand terms; in any order they lose less than a
   * hundred units in the last place, 2^-24 or 2^-53.
   */
  private double tolerance() {
    return type == DataType.FLOAT ? 6e-6 : 1e-13;
  }

  final void check(BiConsumer<Kernels, Operands> operation) {
    List<double[]> wanted = Operands.after(new NaiveKernels(), DataType.DOUBLE, operation);
    List<double[]> got = Operands.after(open.get(), type, operation);
    for (int i = 0; i < wanted.size(); i++) {
      double largest =
          Math.max(1, largestDifference(wanted.get(i), new double[wanted.get(i).length]));
      assertThat(largestDifference(got.get(i), wanted.get(i)))
          .as("deviation of operand %d, whose values reach %s", i, largest)
          .isLessThan(tolerance() * largest);
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

  private static Matrix input(Operands operands, Geometry g) {
    return operands.matrix(CHANNELS, BATCH * g.pixels());
  }

  private static Matrix output(Operands operands, Geometry g) {
    return operands.matrix(CHANNELS, BATCH * g.outPixels());
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyWindow")
  void depthwise(Geometry g) {
    check((k, o) -> depthwise(k, o, g));
  }

  static void depthwise(Kernels k, Operands o, Geometry g) {
    Matrix x = input(o, g);
    Doubles weights = o.vector(OFFSET + CHANNELS * g.taps());
    k.depthwise(x, g, weights, OFFSET, output(o, g), null);
    k.depthwise(x, g, weights, OFFSET, output(o, g), o.vector(CHANNELS));
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyWindow")
  void depthwiseBackward(Geometry g) {
    check((k, o) -> depthwiseBackward(k, o, g));
  }

  static void depthwiseBackward(Kernels k, Operands o, Geometry g) {
    Matrix x = input(o, g);
    Doubles weights = o.vector(OFFSET + CHANNELS * g.taps());
    Doubles dweights = o.vector(OFFSET + CHANNELS * g.taps());
    Matrix dout = output(o, g);
    k.depthwiseBackward(x, g, weights, OFFSET, dout, input(o, g), true, dweights);
    k.depthwiseBackward(x, g, weights, OFFSET, dout, input(o, g), false, null);
    k.depthwiseBackward(x, g, weights, OFFSET, dout, null, true, dweights);
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyPixel")
  void gather(Geometry g) {
    check((k, o) -> gather(k, o, g));
  }

  static void gather(Kernels k, Operands o, Geometry g) {
    Matrix x = input(o, g);
    for (int shift = 0; shift < g.stride(); shift++) {
      k.gather(x, g, shift, true, output(o, g), o.vector(CHANNELS));
      k.gather(x, g, shift, false, output(o, g), null);
      for (boolean adds : new boolean[] {true, false}) {
        k.gatherBackward(x, g, shift, true, output(o, g), input(o, g), adds);
        k.gatherBackward(x, g, shift, false, output(o, g), input(o, g), adds);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyUnfolding")
  void unfold(Geometry g) {
    check((k, o) -> unfold(k, o, g));
  }

  static void unfold(Kernels k, Operands o, Geometry g) {
    int channels = 2;
    Matrix x = o.matrix(channels, BATCH * g.pixels());
    Matrix dx = o.matrix(channels, BATCH * g.pixels());
    int rows = channels * g.taps();
    k.unfold(x, g, true, o.matrix(rows, BATCH * g.outPixels()), o.vector(rows));
    k.unfold(x, g, false, o.matrix(rows, BATCH * g.outPixels()), null);
    k.unfoldBackward(x, g, true, o.matrix(rows, BATCH * g.outPixels()), dx);
    k.unfoldBackward(x, g, false, o.matrix(rows, BATCH * g.outPixels()), dx);
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyPool")
  void pools(Geometry g) {
    check((k, o) -> pools(k, o, g));
  }

  static void pools(Kernels k, Operands o, Geometry g) {
    Matrix x = input(o, g);
    k.maxPool(x, g, output(o, g));
    k.maxPoolBackward(x, g, output(o, g), input(o, g));
    k.averagePool(x, g, output(o, g));
    k.averagePoolBackward(g, output(o, g), input(o, g));
    if (g.stride() == 2) {
      k.maxPool2(x, g, output(o, g));
      k.maxPool2Backward(x, g, output(o, g), input(o, g));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyPool")
  void amongEqualPixelsTheFirstOfTheWindowGetsTheGradient(Geometry g) {
    check(
        (k, o) -> {
          Matrix x = o.ties(CHANNELS, BATCH * g.pixels());
          k.maxPool(x, g, output(o, g));
          k.maxPoolBackward(x, g, output(o, g), input(o, g));
          if (g.stride() == 2) {
            k.maxPool2Backward(x, g, output(o, g), input(o, g));
          }
        });
  }

  /** More than fit a vector, and some left over. */
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 19, 37})
  void windowsOverAnyNumberOfImages(int images) {
    for (int dilation = 1; dilation <= 2; dilation++) {
      for (int stride = 1; stride <= 2; stride++) {
        for (int kernel : new int[] {3, 5}) {
          Geometry g = new Geometry(7, 9, kernel, stride, dilation);
          check((k, o) -> windows(k, o, g, images));
        }
      }
    }
  }

  private static void windows(Kernels k, Operands o, Geometry g, int images) {
    Matrix x = o.ties(2, images * g.pixels());
    Matrix dx = o.matrix(2, images * g.pixels());
    Matrix y = o.matrix(2, images * g.outPixels());
    Doubles weights = o.vector(2 * g.taps());
    k.depthwiseBackward(x, g, weights, 0, y, dx, true, o.vector(2 * g.taps()));
    k.gatherBackward(x, g, g.stride() - 1, true, y, dx, true);
    if (g.dilation() == 1) {
      k.maxPoolBackward(x, g, y, dx);
      k.averagePoolBackward(g, y, dx);
    }
    if (g.stride() == 2) {
      k.maxPool2Backward(x, g, y, dx);
      k.maxPool2(x, g, y);
    }
    k.depthwise(x, g, weights, 0, y, o.vector(2));
    k.gather(x, g, g.stride() - 1, false, y, null);
    Matrix unfolded = o.matrix(2 * g.taps(), images * g.outPixels());
    k.unfold(x, g, true, unfolded, null);
    k.unfoldBackward(x, g, true, unfolded, dx);
  }
}
