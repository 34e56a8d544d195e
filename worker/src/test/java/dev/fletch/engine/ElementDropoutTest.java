package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementDropoutTest {
  private static final int PIXELS = 500;
  private static final int CHANNELS = 40;

  private static float[] factors(long key, double probability) {
    ElementDropout dropout =
        new ElementDropout(new long[] {key}, Examples.packed(new int[] {0, PIXELS}), probability);
    float[] all = new float[CHANNELS * PIXELS];
    for (int c = 0; c < CHANNELS; c++) {
      float[] row = new float[PIXELS];
      Arrays.fill(row, 1);
      dropout.apply(row, c);
      System.arraycopy(row, 0, all, c * PIXELS, PIXELS);
    }
    return all;
  }

  private static double share(float[] factors, float value) {
    int count = 0;
    for (float factor : factors) {
      count += factor == value ? 1 : 0;
    }
    return (double) count / factors.length;
  }

  /** Of 20,000 elements: the standard deviation is 0.0035 at most. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 0.9})
  void dropsAsManyAsItShouldAndEnlargesTheRest(double probability) {
    float[] factors = factors(ElementDropout.key(1, 2), probability);
    double dropped = share(factors, 0);
    assertThat(dropped).isCloseTo(probability, within(0.014));
    assertThat(share(factors, (float) (1 / (1 - probability))) + dropped)
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void dropsNothingAtProbabilityZero() {
    assertThat(share(factors(5, 0), 1)).isOne();
  }

  /** Both are 0 with probability 1/4 if they have nothing to do with each other. */
  @Test
  void otherKeysAndNeighbouringElementsAreUnrelated() {
    float[] one = factors(ElementDropout.key(1, 0), 0.5);
    float[] other = factors(ElementDropout.key(1, 1), 0.5);
    assertThat(share(products(one, other, 0), 4)).isCloseTo(0.25, within(0.013));
    assertThat(share(products(one, one, 1), 4)).isCloseTo(0.25, within(0.013));
    assertThat(share(products(one, one, PIXELS), 4)).isCloseTo(0.25, within(0.013));
  }

  @Test
  void channelsAreDroppedAsAWholeForEachExample() {
    ElementDropout dropout =
        ElementDropout.ofChannels(new long[] {8, 9}, Examples.packed(new int[] {0, 3, 5}), 0.5);
    int dropped = 0;
    for (int row = 0; row < 200; row++) {
      float[] values = {1, 1, 1, 1, 1};
      dropout.apply(values, row);
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).isEqualTo(values[i < 3 ? 0 : 3]).isIn(0f, 2f);
        assertThat(dropout.factor(row, i)).isEqualTo(values[i]);
      }
      dropped += values[0] == 0 ? 1 : 0;
    }
    assertThat(dropped).isBetween(70, 130);
  }

  private static float[] products(float[] x, float[] y, int shift) {
    float[] products = new float[x.length - shift];
    for (int i = 0; i < products.length; i++) {
      products[i] = x[i + shift] * y[i];
    }
    return products;
  }

  /** Whatever row and column it has there. */
  @Test
  void anExampleLosesTheSameElementsInAnyMinibatch() {
    ElementDropout pair =
        new ElementDropout(new long[] {8, 9}, Examples.packed(new int[] {0, 20, 20 + PIXELS}), 0.4);
    ElementDropout single =
        new ElementDropout(new long[] {9}, Examples.packed(new int[] {0, PIXELS}), 0.4);
    for (int row = 0; row < 5; row++) {
      for (int i = 0; i < PIXELS; i++) {
        assertThat(pair.factor(row, 20 + i)).isEqualTo(single.factor(row, i));
      }
    }
  }
}
