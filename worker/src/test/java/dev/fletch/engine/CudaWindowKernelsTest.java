package dev.fletch.engine;

import static dev.fletch.engine.CardKernels.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cuda.EmulatedDriver;
import dev.fletch.cuda.NeedsEmulator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What the contract asks of no other kernels: rows of many blocks, corners and texts. */
@NeedsEmulator
class CudaWindowKernelsTest {
  private static final int CHANNELS = 5;
  private static final int OFFSET = 2;
  private static final long CAPACITY = 1L << 30;

  static Stream<Geometry> largeImages() {
    return Stream.of(3, 5, 7)
        .flatMap(
            kernel ->
                Stream.of(1, 2)
                    .flatMap(
                        stride ->
                            Stream.of(1, 2, 3)
                                .map(dilation -> new Geometry(13, 14, kernel, stride, dilation))));
  }

  /** A row takes several blocks, whether its images are taken in fours or one by one. */
  @ParameterizedTest
  @MethodSource("largeImages")
  void rowsOfManyBlocks(Geometry g) {
    check((k, o) -> rowsOfManyBlocks(k, o, g, g.stride() == 1 ? 36 : 100));
    check((k, o) -> rowsOfManyBlocks(k, o, g, 41));
  }

  private static void rowsOfManyBlocks(Kernels k, Operands o, Geometry g, int images) {
    Matrix x = o.matrix(2, images * g.pixels());
    Matrix y = o.matrix(2, images * g.outPixels());
    Doubles weights = o.vector(OFFSET + 2 * g.taps());
    Matrix dx = o.matrix(2, images * g.pixels());
    k.depthwiseBackward(x, g, weights, OFFSET, y, dx, true, o.vector(OFFSET + 2 * g.taps()));
    k.depthwiseBackward(x, g, weights, OFFSET, y, dx, false, null);
    k.depthwiseBackward(x, g, weights, OFFSET, y, null, false, o.vector(OFFSET + 2 * g.taps()));
    k.depthwise(x, g, weights, OFFSET, y, o.vector(2));
    k.gather(x, g, g.stride() - 1, true, y, o.vector(2));
    if (g.kernel() == 3) {
      k.unfold(x, g, true, o.matrix(2 * 9, images * g.outPixels()), o.vector(2 * 9));
    }
  }

  /** Threads do more than a group of inputs each. */
  @Test
  void moreChannelsThanThereAreThreadsFor() {
    for (int stride = 1; stride <= 2; stride++) {
      Geometry g = new Geometry(32, 32, 3, stride, 1);
      int images = stride * 48;
      check(
          (k, o) -> {
            Matrix x = o.matrix(13, images * g.pixels());
            Doubles weights = o.vector(13 * g.taps());
            Doubles dweights = o.vector(13 * g.taps());
            Matrix dout = o.matrix(13, images * g.outPixels());
            Matrix dx = o.matrix(13, images * g.pixels());
            k.depthwiseBackward(x, g, weights, 0, dout, dx, false, dweights);
          });
    }
  }

  @Test
  void corners() {
    for (Corners of : List.of(new Corners(8, 8), new Corners(7, 7), new Corners(1, 3))) {
      int pixels = of.height() * of.width();
      for (int images : new int[] {1, 5, 64}) {
        check(
            (k, o) -> {
              Matrix x = o.matrix(CHANNELS, images * pixels);
              k.cornerPool(x, of, o.matrix(CHANNELS, Corners.COUNT * images));
              Matrix dout = o.matrix(CHANNELS, Corners.COUNT * images);
              k.cornerPoolBackward(x, of, dout, o.matrix(CHANNELS, images * pixels));
            });
      }
    }
  }

  private static Sequences texts(int... lengths) {
    Sequences texts = new Sequences(lengths.length, 2000);
    texts.take(lengths);
    return texts;
  }

  /** Texts of one word among them, and of more words than a block has threads. */
  static Stream<SequenceWindow> textWindows() {
    return Stream.of(texts(5, 1, 16, 40, 2, 17), texts(1500, 3, 700), texts(1))
        .flatMap(
            texts ->
                Stream.of(1, 3, 5)
                    .flatMap(
                        kernel ->
                            Stream.of(1, 2)
                                .flatMap(
                                    stride ->
                                        Stream.of(1, 2)
                                            .map(d -> texts.window(kernel, stride, d)))));
  }

  @ParameterizedTest
  @MethodSource("textWindows")
  void windowsOverTexts(SequenceWindow w) {
    check((k, o) -> depthwise(k, o, w));
    check((k, o) -> gather(k, o, w));
    check((k, o) -> pools(k, o, w, o.matrix(CHANNELS, w.in().columns())));
    check((k, o) -> pools(k, o, w, o.ties(CHANNELS, w.in().columns())));
  }

  private static Matrix input(Operands o, SequenceWindow w) {
    return o.matrix(CHANNELS, w.in().columns());
  }

  private static Matrix output(Operands o, SequenceWindow w) {
    return o.matrix(CHANNELS, w.out().columns());
  }

  private static void depthwise(Kernels k, Operands o, SequenceWindow w) {
    int length = OFFSET + CHANNELS * w.taps();
    Doubles weights = o.vector(length);
    Matrix x = input(o, w);
    k.depthwise(x, w, weights, OFFSET, output(o, w), null);
    k.depthwise(x, w, weights, OFFSET, output(o, w), o.vector(CHANNELS));
    Matrix dout = output(o, w);
    k.depthwiseBackward(x, w, weights, OFFSET, dout, input(o, w), true, o.vector(length));
    k.depthwiseBackward(x, w, weights, OFFSET, dout, input(o, w), false, null);
    k.depthwiseBackward(x, w, weights, OFFSET, dout, null, true, o.vector(length));
  }

  private static void gather(Kernels k, Operands o, SequenceWindow w) {
    Matrix x = input(o, w);
    for (int shift = 0; shift < w.stride(); shift++) {
      k.gather(x, w, shift, true, output(o, w), o.vector(CHANNELS));
      k.gather(x, w, shift, false, output(o, w), null);
      for (boolean adds : new boolean[] {true, false}) {
        k.gatherBackward(x, w, shift, true, output(o, w), input(o, w), adds);
        k.gatherBackward(x, w, shift, false, output(o, w), input(o, w), adds);
      }
    }
  }

  private static void pools(Kernels k, Operands o, SequenceWindow w, Matrix x) {
    k.maxPool(x, w, output(o, w));
    k.maxPoolBackward(x, w, output(o, w), input(o, w));
    if (w.stride() == 2) {
      k.maxPool2(x, w, output(o, w));
      k.maxPool2Backward(x, w, output(o, w), input(o, w));
    }
    k.averagePool(x, w, output(o, w));
    k.averagePoolBackward(w, output(o, w), input(o, w));
  }

  /** The places of texts that are kept on the card are those of this minibatch. */
  @Test
  void textsMayBecomeOthers() {
    Sequences texts = texts(20, 30, 40);
    SequenceWindow w = texts.window(3, 2, 1);
    Sequences others = new Sequences(60, 9);
    check(
        (k, o) -> {
          texts.take(new int[] {20, 30, 40});
          pools(k, o, w, input(o, w));
          for (int i = 1; i < 40; i++) {
            others.take(new int[] {i % 9 + 1, 3});
            pools(k, o, others.window(3, 2, 1), o.matrix(CHANNELS, others.columns()));
          }
          texts.take(new int[] {90, 7});
          pools(k, o, w, input(o, w));
        });
  }

  @Tag("emulated")
  @Test
  void nothingIsLeftOnTheCard() {
    EmulatedDriver driver = new EmulatedDriver(4, CAPACITY);
    CudaKernels kernels = new CudaKernels(driver, Precision.FLOAT32);
    int before = driver.allocations();
    Geometry g = new Geometry(8, 8, 3, 1, 1);
    try (Memory memory = kernels.memory(DataType.FLOAT, 2L * 64 * 100)) {
      Storage storage = new Storage(memory.length(), "");
      storage.place(memory, 0);
      Matrix x = Matrix.over(storage, 2, 64 * 100);
      DeviceDoubles means = new DeviceDoubles(driver, 18);
      kernels.depthwiseBackward(x, g, means, 0, x, null, true, means);
      kernels.gather(x, texts(1500, 1600, 1700, 1600).window(1, 1, 1), 0, true, x, means);
      assertThat(driver.allocations()).isGreaterThan(before + 2);
      means.close();
    }
    kernels.closeWindows();
    assertThat(driver.allocations()).isEqualTo(before);
    kernels.close();
  }
}
