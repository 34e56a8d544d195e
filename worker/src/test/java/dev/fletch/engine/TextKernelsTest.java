package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The vector kernels that know texts agree with the definitions in double precision within
 * rounding, and give the same bits with any number of threads.
 */
class TextKernelsTest {
  private static final int CHANNELS = 16;
  private static final int OFFSET = 3;
  private static final double TOLERANCE = 6e-6;

  @BeforeAll
  static void loadTheLibrary() {
    assertThat(Backend.isCpu()).isTrue();
  }

  /** Texts of one word among them, and some that fill a vector. */
  private static Sequences texts() {
    Sequences texts = new Sequences(7, 40);
    texts.take(new int[] {5, 1, 16, 40, 2, 17});
    return texts;
  }

  static List<SequenceWindow> windows() {
    return List.of(1, 3, 5).stream()
        .flatMap(
            kernel ->
                List.of(1, 2).stream()
                    .flatMap(
                        stride ->
                            List.of(1, 2).stream().map(d -> texts().window(kernel, stride, d))))
        .toList();
  }

  static List<SequenceWindow> pools() {
    return windows().stream().filter(w -> w.dilation() == 1).toList();
  }

  private static void check(BiConsumer<Kernels, Operands> operation) {
    List<double[]> expected = Operands.after(new NaiveKernels(), DataType.DOUBLE, operation);
    List<double[]> one = Operands.after(new VectorKernels(1), DataType.FLOAT, operation);
    List<double[]> three = Operands.after(new VectorKernels(3), DataType.FLOAT, operation);
    for (int i = 0; i < expected.size(); i++) {
      double[] wanted = expected.get(i);
      double[] got = one.get(i);
      double largest = Arrays.stream(wanted).map(Math::abs).max().orElseThrow();
      double deviation = 0;
      for (int k = 0; k < wanted.length; k++) {
        deviation = Math.max(deviation, Math.abs(got[k] - wanted[k]));
      }
      assertThat(deviation)
          .as("deviation of operand %d, whose values reach %s", i, largest)
          .isLessThan(TOLERANCE * Math.max(1, largest));
      assertThat(three.get(i)).as("operand %d with 3 threads", i).isEqualTo(got);
    }
  }

  private static Matrix input(Operands o, SequenceWindow w) {
    return o.matrix(CHANNELS, w.in().columns());
  }

  private static Matrix output(Operands o, SequenceWindow w) {
    return o.matrix(CHANNELS, w.out().columns());
  }

  @ParameterizedTest
  @MethodSource("windows")
  void depthwise(SequenceWindow w) {
    check(
        (k, o) -> {
          Doubles weights = o.vector(OFFSET + CHANNELS * w.taps());
          k.depthwise(input(o, w), w, weights, OFFSET, output(o, w), null);
          k.depthwise(input(o, w), w, weights, OFFSET, output(o, w), o.vector(CHANNELS));
        });
  }

  @ParameterizedTest
  @MethodSource("windows")
  void depthwiseBackward(SequenceWindow w) {
    check(
        (k, o) -> {
          Doubles weights = o.vector(OFFSET + CHANNELS * w.taps());
          Doubles dweights = o.vector(OFFSET + CHANNELS * w.taps());
          Matrix x = input(o, w);
          Matrix dout = output(o, w);
          k.depthwiseBackward(x, w, weights, OFFSET, dout, input(o, w), true, dweights);
          k.depthwiseBackward(x, w, weights, OFFSET, dout, input(o, w), false, null);
          k.depthwiseBackward(x, w, weights, OFFSET, dout, null, true, dweights);
        });
  }

  @ParameterizedTest
  @MethodSource("pools")
  void pool(SequenceWindow w) {
    check(
        (k, o) -> {
          for (Matrix x : List.of(input(o, w), o.ties(CHANNELS, w.in().columns()))) {
            k.maxPool(x, w, output(o, w));
            k.maxPoolBackward(x, w, output(o, w), input(o, w));
            if (w.stride() == 2) {
              k.maxPool2(x, w, output(o, w));
              k.maxPool2Backward(x, w, output(o, w), input(o, w));
            }
          }
          k.averagePool(input(o, w), w, output(o, w));
          k.averagePoolBackward(w, output(o, w), input(o, w));
        });
  }

  @ParameterizedTest
  @MethodSource("pools")
  void gather(SequenceWindow w) {
    check(
        (k, o) -> {
          Matrix x = input(o, w);
          for (int shift = 0; shift < w.stride(); shift++) {
            k.gather(x, w, shift, true, output(o, w), o.vector(CHANNELS));
            k.gather(x, w, shift, false, output(o, w), null);
            for (boolean adds : new boolean[] {true, false}) {
              k.gatherBackward(x, w, shift, true, output(o, w), input(o, w), adds);
              k.gatherBackward(x, w, shift, false, output(o, w), input(o, w), adds);
            }
          }
        });
  }

  @Test
  void attention() {
    Examples places = texts().places();
    int columns = texts().columns();
    for (int heads : new int[] {1, 2, 8, 16}) {
      check(
          (k, o) -> {
            Matrix x = o.matrix(3 * CHANNELS, columns);
            k.attend(x, places, heads, o.matrix(CHANNELS, columns));
            k.attendBackward(
                x, places, heads, o.matrix(CHANNELS, columns), o.matrix(3 * CHANNELS, columns));
          });
    }
  }

  @Test
  void whatIsDoneToWholeTexts() {
    Examples places = texts().places();
    int columns = texts().columns();
    int texts = texts().examples();
    check(
        (k, o) -> {
          Matrix x = o.matrix(CHANNELS, columns);
          k.exampleMeans(x, places, o.vector(CHANNELS * texts));
          k.addToExamples(o.vector(CHANNELS * texts), places, x);
          for (boolean adds : new boolean[] {true, false}) {
            k.scaleExamples(x, o.vector(texts), places, o.matrix(CHANNELS, columns), adds);
          }
        });
  }

  @Test
  void embedding() {
    check(
        (k, o) -> {
          Matrix words = o.given(6, 4, 1, 1, 7, 2, 1);
          k.embed(words, o.vector(OFFSET + 8 * CHANNELS), OFFSET, o.matrix(CHANNELS, 6));
          Doubles dtable = o.vector(OFFSET + 8 * CHANNELS);
          k.embedBackward(words, o.matrix(CHANNELS, 6), dtable, OFFSET);
        });
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfElements(ElementFunction f) {
    for (int columns : new int[] {1, 15, 16, 70}) {
      check(
          (k, o) -> {
            Matrix x = o.matrix(CHANNELS, columns);
            k.addScaled(x, 9, x);
            k.apply(f, x, o.matrix(CHANNELS, columns));
            for (boolean adds : new boolean[] {true, false}) {
              Matrix dy = o.matrix(CHANNELS, columns);
              k.applyBackward(f, x, dy, o.matrix(CHANNELS, columns), adds);
              k.multiplyElements(x, dy, o.matrix(CHANNELS, columns), adds);
            }
          });
    }
  }

  /** Where e^x would be no normal number. */
  @Test
  void functionsOfLargeElements() {
    Matrix x = Matrix.allocate(DataType.FLOAT, 1, 4);
    x.write(new float[] {-1000, -88, 88, 1000});
    float[] result = new float[4];
    try (Kernels kernels = new VectorKernels(1)) {
      Matrix y = Matrix.allocate(DataType.FLOAT, 1, 4);
      kernels.apply(ElementFunction.SIGMOID, x, y);
      y.read(result);
      assertThat(result[0]).isBetween(0f, 1e-37f);
      assertThat(result[1]).isBetween(0f, 1e-37f);
      assertThat(result[2]).isEqualTo(1);
      assertThat(result[3]).isEqualTo(1);
      kernels.apply(ElementFunction.TANH, x, y);
      y.read(result);
      assertThat(result).containsExactly(-1, -1, 1, 1);
    }
  }
}
