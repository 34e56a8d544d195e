package dev.fletch.engine;

import static dev.fletch.engine.CardKernels.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cuda.EmulatedDriver;
import dev.fletch.cuda.NeedsEmulator;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Texts and images of many sizes: such as fit a tile, a warp or a block, and such as do not. */
@NeedsEmulator
class CudaTextKernelsTest {
  private static final int CHANNELS = 16;
  private static final int OFFSET = 3;

  private static Sequences texts(int... lengths) {
    Sequences texts = new Sequences(lengths.length, Arrays.stream(lengths).max().orElseThrow());
    texts.take(lengths);
    return texts;
  }

  static Stream<Extent> extents() {
    return Stream.of(
        texts(5, 1, 16, 40, 2, 17),
        texts(130, 1, 64, 65),
        texts(9),
        new ImageExtent(1, 5, 7),
        new ImageExtent(7, 3, 7),
        new ImageExtent(40, 1, 3),
        new ImageExtent(300, 2, 2),
        new ImageExtent(2, 9, 10));
  }

  @ParameterizedTest
  @MethodSource("extents")
  void whatIsDoneToWholeExamples(Extent extent) {
    Examples places = extent.places();
    int examples = extent.examples();
    check(
        (k, o) -> {
          Matrix x = o.matrix(CHANNELS, extent.columns());
          k.exampleMeans(x, places, o.vector(CHANNELS * examples));
          k.addToExamples(o.vector(CHANNELS * examples), places, x);
          for (boolean adds : new boolean[] {true, false}) {
            Matrix y = o.matrix(CHANNELS, extent.columns());
            k.scaleExamples(x, o.vector(examples), places, y, adds);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("extents")
  void dropsWhatTheDefinitionDrops(Extent extent) {
    long[] keys = new long[extent.examples()];
    Arrays.setAll(keys, n -> ElementDropout.key(-3, n));
    Examples places = extent.places();
    int columns = extent.columns();
    for (double probability : new double[] {0, 0.3, 0.9}) {
      for (ElementDropout dropout :
          new ElementDropout[] {
            new ElementDropout(keys, places, probability),
            ElementDropout.ofChannels(keys, places, probability)
          }) {
        check(
            (k, o) -> {
              k.dropElements(o.matrix(CHANNELS, columns), dropout, o.matrix(CHANNELS, columns));
              k.dropElementsBackward(
                  o.matrix(CHANNELS, columns), dropout, o.matrix(CHANNELS, columns));
              double[] words = new double[columns];
              Arrays.setAll(words, i -> i % 50);
              k.replaceWords(o.given(columns, words), dropout, 77, o.matrix(1, columns));
            });
      }
    }
  }

  /** Recorded work would drop the same again and again. */
  @Tag("emulated")
  @Test
  void keysAreCopiedEachTime() {
    EmulatedDriver driver = new EmulatedDriver();
    ElementDropout dropout =
        new ElementDropout(new long[] {1}, new ImageExtent(1, 2, 2).places(), 0.5);
    Operands.after(
        new CudaKernels(driver, Precision.FLOAT32),
        DataType.FLOAT,
        (k, o) -> {
          Matrix x = o.matrix(2, 4);
          Matrix y = o.matrix(2, 4);
          int before = driver.uploaded().size();
          k.dropElements(x, dropout, y);
          k.dropElementsBackward(y, dropout, x);
          assertThat(driver.uploaded().size()).isEqualTo(before + 2);
        });
  }

  @ParameterizedTest
  @MethodSource("extents")
  void attention(Extent extent) {
    for (int heads : extent.columns() > 100 ? new int[] {2} : new int[] {1, 2, 16}) {
      check((k, o) -> attention(k, o, extent, CHANNELS, heads));
    }
  }

  /** Channels of a head that one block works out, and more. */
  @ParameterizedTest
  @ValueSource(ints = {31, 33, 64, 65, 150})
  void attentionOfWideHeads(int width) {
    check((k, o) -> attention(k, o, texts(70, 3), 2 * width, 2));
  }

  private static void attention(Kernels k, Operands o, Extent extent, int channels, int heads) {
    Matrix x = o.matrix(3 * channels, extent.columns());
    Matrix dout = o.matrix(channels, extent.columns());
    k.attend(x, extent.places(), heads, o.matrix(channels, extent.columns()));
    Matrix dx = o.matrix(3 * channels, extent.columns());
    k.attendBackward(x, extent.places(), heads, dout, dx);
  }

  /** One weight is 1 and all others nothing; nothing overflows. */
  @Test
  void attentionOfLargeProducts() {
    check(
        (k, o) -> {
          Matrix x = o.matrix(3 * CHANNELS, 81);
          k.addScaled(x, 99, x);
          k.attend(x, texts(80, 1).places(), 2, o.matrix(CHANNELS, 81));
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

  /** Among them one that is everywhere. */
  @Test
  void embeddingOfManyWords() {
    Random random = new Random(5);
    double[] numbers = new double[900];
    Arrays.setAll(numbers, i -> i % 3 == 0 ? 1 : random.nextInt(100));
    check(
        (k, o) -> {
          Matrix words = o.given(900, numbers);
          k.embed(words, o.vector(100 * 270), 0, o.matrix(270, 900));
          k.embedBackward(words, o.matrix(270, 900), o.vector(100 * 270), 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfElements(ElementFunction f) {
    for (int columns : new int[] {1, 15, 16, 70, 300}) {
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
  @ParameterizedTest
  @EnumSource
  void functionsOfLargeElements(ElementFunction f) {
    check(
        (k, o) -> {
          k.apply(f, o.given(4, -1000, -88, 88, 1000), o.matrix(1, 4));
          Matrix x = o.given(4, -1000, -88, 88, 1000);
          k.applyBackward(f, x, o.matrix(1, 4), o.matrix(1, 4), false);
        });
  }
}
