package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.cuda.EmulatedDriver;
import dev.fletch.cuda.NeedsEmulator;
import dev.fletch.cuda.TestCard;
import dev.fletch.engine.FlatKernels.AdamStep;
import dev.fletch.engine.FlatKernels.Descent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A card does to flat vectors what the host does. */
@NeedsEmulator
class FlatKernelsTest {
  /** Of values of about 1: a card may round a product and a sum once, where the host does twice. */
  private static final double ROUNDING = 3e-7;

  private static final Descent DESCENT = new Descent(0.1, 0.9, 3e-4);

  /** The third. */
  private static final AdamStep ADAM =
      new AdamStep(0.01, 0.9, 0.999, 1 - Math.pow(0.9, 3), 1 - Math.pow(0.999, 3), 1e-8, 1e-3);

  private static float[] drawn(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Floats vector(FlatKernels place, int length, long seed) {
    return place.of(drawn(length, seed));
  }

  /** All that operations write, in order. */
  private static List<float[]> results(FlatKernels k, int length) {
    List<Floats> written = new ArrayList<>();
    Floats x = vector(k, length, 1);
    Floats y = vector(k, length, 2);
    Floats sum = k.room(length);
    k.add(x, y, sum);
    written.add(sum);
    Floats mean = k.room(length);
    k.divide(sum, 3, mean);
    written.add(mean);
    written.add(x.moved(-0.01, y));
    Floats scaled = vector(k, length, 3);
    scaled.scale(0.3);
    written.add(scaled);
    float[] some = drawn(length, 4);
    for (int i = 0; i < length; i += 5) {
      some[i] = Float.NaN;
    }
    Floats running = vector(k, length, 5);
    k.average(running, 0.1f, k.of(some));
    written.add(running);
    Floats w = vector(k, length, 6);
    Floats v = vector(k, length, 7);
    Floats ahead = k.room(length);
    k.descendAhead(w, v, x, DESCENT, ahead);
    k.descend(w, v, x, DESCENT);
    written.addAll(List.of(ahead, w, v));
    Floats m = k.zeros(length);
    Floats squares = k.zeros(length);
    Floats parameters = vector(k, length, 8);
    k.adam(parameters, m, squares, y, ADAM);
    written.addAll(List.of(parameters, m, squares));
    return written.stream().map(Floats::toFloats).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 256, 257, 4096, 4097, 300_001})
  void operationsGiveTheHostsValues(int length) {
    List<float[]> expected = results(FlatKernels.HOST, length);
    for (int multiprocessors : new int[] {4, 9}) {
      try (CardPlace card = new CardPlace(TestCard.open(multiprocessors))) {
        List<float[]> actual = results(card.flat(), length);
        for (int i = 0; i < expected.size(); i++) {
          assertThat(largestDifference(actual.get(i), expected.get(i)))
              .as("result %d", i)
              .isLessThan(ROUNDING);
        }
      }
    }
  }

  /** Relative, of values beyond 1; NaN if there is one anywhere, so that no comparison holds. */
  private static double largestDifference(float[] x, float[] y) {
    assertThat(x.length).isEqualTo(y.length);
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs((double) x[i] - y[i]) / Math.max(1, Math.abs(y[i])));
    }
    return largest;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 256, 257, 4096, 4097, 300_001})
  void normsAreTheHostsAndTheSameOnEveryCard(int length) {
    double host = vector(FlatKernels.HOST, length, 9).norm();
    double[] cards = new double[2];
    for (int i = 0; i < 2; i++) {
      try (CardPlace card = new CardPlace(TestCard.open(i == 0 ? 4 : 9))) {
        cards[i] = vector(card.flat(), length, 9).norm();
      }
    }
    assertThat(cards[0]).isCloseTo(host, within(1e-13 * (1 + host)));
    assertThat(cards[1]).isEqualTo(cards[0]);
  }

  @Test
  void aNormIsNotFiniteWhereAValueIsNot() {
    try (CardPlace card = new CardPlace(TestCard.open())) {
      float[] values = new float[5000];
      values[4321] = Float.NaN;
      assertThat(card.flat().of(values).norm()).isNaN();
      values[4321] = Float.NEGATIVE_INFINITY;
      assertThat(card.flat().of(values).norm()).isInfinite();
    }
  }

  @Tag("emulated")
  @Test
  void whatIsGivenBackIsUsedAgain() {
    EmulatedDriver driver = new EmulatedDriver();
    try (CardPlace card = new CardPlace(driver)) {
      Floats first = card.flat().of(new float[] {1, 2});
      first.close();
      first.close();
      Floats second = card.flat().zeros(2);
      Floats third = card.flat().room(2);

      assertThat(second.toFloats()).containsExactly(0, 0);
      assertThat(driver.allocations()).as("of vectors").isEqualTo(2);
      assertThat(card.inUse()).isEqualTo(2);
      third.close();
      assertThat(card.inUse()).isEqualTo(1);
      assertThatThrownBy(first::toFloats)
          .hasMessage("This vector was given back to its card: it is used too long");
      assertThatThrownBy(second::array).hasMessage("This vector lies on a card: read a copy of it");
    }
    assertThat(driver.allocations()).isZero();
  }

  /** Streams do not wait for each other by themselves: a vector is lent from one to the other. */
  @Test
  void numbersOfAPassComeFromVectorsAndGoToThem() {
    float[] values = drawn(5000, 10);
    try (CardPlace place = new CardPlace(TestCard.open());
        CudaKernels kernels = new CudaKernels(TestCard.open(), Precision.FLOAT32)) {
      Doubles numbers = kernels.doubles(5000);
      long before = kernels.transfers();
      for (FlatKernels flat : List.of(kernels.flat(), place.flat())) {
        numbers.write(flat.of(values));
        assertThat(numbers.toFloats(flat).toFloats()).isEqualTo(values);
      }
      assertThat(kernels.transfers() - before).as("its own vector goes up and down").isEqualTo(2);
      assertThat(numbers.toFloats(FlatKernels.HOST).array()).isEqualTo(values);
      numbers.write(Floats.of(drawn(5000, 11)));
      assertThat(numbers.toFloats()).isEqualTo(drawn(5000, 11));
      assertThat(kernels.doubles(0).toFloats(place.flat()).length()).isZero();
    }
  }
}
