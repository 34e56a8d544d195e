package dev.fletch.engine.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.engine.recurrent.LanguageModelPass.Regularisation;
import dev.fletch.engine.recurrent.LanguageModelPass.Words;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients of all kinds of cells against differences of the loss, of sizes that fill no panel and
 * of several panels, and what must not change a bit. Values are held to the reference's elsewhere.
 */
class LanguageModelPassTest {
  private static final int VOCABULARY = 37;
  private static final int BATCH = 5;
  private static final int TIMES = 4;
  private static final List<Integer> COLUMNS =
      List.of(CellForm.NONE, CellForm.TANH, CellForm.RELU, CellForm.SIGMOID, CellForm.IDENTITY);

  static Stream<CellForm> forms() {
    return Stream.of(
        supernet(7, 3, true),
        supernet(40, 2, true),
        supernet(33, 3, false),
        // a cell that gives some of its nodes
        new CellForm(9, nodes(new int[] {0, 1, 0}), List.of(0, 2, 3), false, List.of(2, 3), true),
        // a gate and nothing else, and not even that
        new CellForm(9, List.of(), List.of(), false, List.of(0), true),
        new CellForm(34, List.of(), List.of(), false, List.of(0), false));
  }

  private static CellForm supernet(int size, int nodes, boolean normalised) {
    return new CellForm(
        size,
        IntStream.range(0, nodes).mapToObj(i -> new CellForm.Node(0, i + 1)).toList(),
        COLUMNS,
        normalised);
  }

  private static List<CellForm.Node> nodes(int[] states) {
    return Arrays.stream(states).mapToObj(state -> new CellForm.Node(state, 1)).toList();
  }

  private static float[] random(int length, double range, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (range * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  private static Words words(CellForm form) {
    SplittableRandom random = new SplittableRandom(1);
    return new Words(
        random.ints((long) BATCH * TIMES, 0, VOCABULARY).toArray(),
        random.ints((long) BATCH * TIMES, 0, VOCABULARY).toArray(),
        random(BATCH * form.size(), 0.8, 2));
  }

  private static float[] weights(CellForm form) {
    return random(LanguageModelPass.weights(form, VOCABULARY), 0.4, 3);
  }

  private static float[] mixing(CellForm form) {
    float[] mixing = random(form.mixing(), 0.5, 4);
    for (int i = 0; i < mixing.length; i++) {
      mixing[i] = Math.abs(mixing[i]);
    }
    return mixing;
  }

  private static float[] mask(int length, long seed) {
    float[] mask = random(length, 1, seed);
    for (int i = 0; i < length; i++) {
      mask[i] = mask[i] > -0.5 ? 4f / 3 : 0;
    }
    return mask;
  }

  private static Masks masks(CellForm form) {
    int values = BATCH * form.size();
    return new Masks(
        mask(VOCABULARY, 5), mask(values, 6), mask(values, 7), mask(values, 8), mask(values, 9));
  }

  private static LanguageModelPass pass(CellForm form, int threads) {
    return new LanguageModelPass(form, VOCABULARY, BATCH, TIMES, threads);
  }

  private static final Regularisation REGULARISATION = new Regularisation(0.3, 0.2);

  private static double loss(
      LanguageModelPass pass, CellForm form, float[] weights, float[] mixing) {
    LanguageModelPass.Result result =
        pass.backward(weights, mixing, words(form), masks(form), REGULARISATION, null, false)
            .result();
    return result.lossSum() / (BATCH * TIMES)
        + REGULARISATION.activation() * result.activation()
        + REGULARISATION.slowness() * result.slowness();
  }

  private static float[] moved(float[] from, double step, float[] direction) {
    float[] moved = new float[from.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (from[i] + step * direction[i]);
    }
    return moved;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** Of each part of the weights by itself: a small part would not be missed in the whole. */
  @ParameterizedTest
  @MethodSource("forms")
  void gradientsOfWeightsAreThoseOfTheLoss(CellForm form) {
    float[] weights = weights(form);
    float[] mixing = mixing(form);
    int cell = VOCABULARY * (form.size() + 1);
    int[] bounds = {0, VOCABULARY * form.size(), cell, (cell + weights.length) / 2, weights.length};
    try (LanguageModelPass pass = pass(form, 2)) {
      float[] gradient =
          pass.backward(weights, mixing, words(form), masks(form), REGULARISATION, null, true)
              .weights();
      for (int part = 0; part + 1 < bounds.length; part++) {
        float[] direction = new float[weights.length];
        float[] some = random(bounds[part + 1] - bounds[part], 1, 10 + part);
        System.arraycopy(some, 0, direction, bounds[part], some.length);
        double step = 2e-2 / Math.sqrt(product(direction, direction));
        double ahead = loss(pass, form, moved(weights, step, direction), mixing);
        double behind = loss(pass, form, moved(weights, -step, direction), mixing);
        double expected = (ahead - behind) / (2 * step);

        assertThat(product(gradient, direction))
            .as("part %d", part)
            .isCloseTo(expected, within(2e-3 + 2e-2 * Math.abs(expected)));
      }
    }
  }

  /** So many words and times that neither are worked on in one go. */
  @Test
  void gradientsOfALongWindowAndManyWordsAreThoseOfTheLoss() {
    CellForm form = supernet(9, 2, true);
    int vocabulary = 700;
    int times = 43;
    int batch = 3;
    SplittableRandom random = new SplittableRandom(20);
    Words words =
        new Words(
            random.ints((long) batch * times, 0, vocabulary).toArray(),
            random.ints((long) batch * times, 0, vocabulary).toArray(),
            new float[0]);
    float[] output = mask(batch * form.size(), 21);
    // a row of which nothing stays, and one of which all does
    Arrays.fill(output, 0, form.size(), 0);
    Arrays.fill(output, form.size(), 2 * form.size(), 2);
    float[] none = {};
    Masks masks = new Masks(none, none, none, none, output);
    float[] weights = random(LanguageModelPass.weights(form, vocabulary), 0.4, 22);
    float[] direction = random(weights.length, 1, 23);
    double step = 2e-2 / Math.sqrt(product(direction, direction));
    try (LanguageModelPass pass = new LanguageModelPass(form, vocabulary, batch, times, 2)) {
      float[] gradient =
          pass.backward(weights, mixing(form), words, masks, Regularisation.NONE, null, true)
              .weights();
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] at = moved(weights, side == 0 ? step : -step, direction);
        losses[side] = pass.forward(at, mixing(form), words, masks, null).lossSum();
      }
      double expected = (losses[0] - losses[1]) / (2 * step) / (batch * times);

      assertThat(product(gradient, direction))
          .isCloseTo(expected, within(1e-3 + 2e-2 * Math.abs(expected)));
    }
  }

  /** e^300 is no float; a loss of 300 is one, and its gradient says which way to go. */
  @Test
  void aWordThatWasThoughtImpossibleCostsWhatItCosts() {
    CellForm form = supernet(7, 2, false);
    float[] weights = weights(form);
    int bias = VOCABULARY * form.size();
    weights[bias] = -300;
    int[] first = new int[BATCH * TIMES];
    Words words = new Words(words(form).tokens(), first, new float[0]);
    try (LanguageModelPass pass = pass(form, 2)) {
      LanguageModelPass.Gradients gradients =
          pass.backward(weights, mixing(form), words, Masks.NONE, Regularisation.NONE, null, true);
      float[] logs = pass.logProbabilities(TIMES);
      double expected = 0;
      for (int i = 0; i < first.length; i++) {
        expected -= logs[i * VOCABULARY];
      }

      assertThat(expected / first.length).isBetween(295.0, 310.0);
      assertThat(gradients.result().lossSum()).isCloseTo(expected, within(1e-4 * expected));
      assertThat(gradients.result().correct()).isZero();
      assertThat(gradients.weights()[bias]).isCloseTo(-1f, within(1e-4f));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void gradientsOfMixingWeightsAreThoseOfTheLoss(CellForm form) {
    float[] weights = weights(form);
    float[] mixing = mixing(form);
    try (LanguageModelPass pass = pass(form, 2)) {
      float[] gradient =
          pass.backward(weights, mixing, words(form), masks(form), REGULARISATION, null, false)
              .mixing();
      assertThat(gradient).hasSize(form.mixing());
      for (int i = 0; i < mixing.length; i++) {
        float[] direction = new float[mixing.length];
        direction[i] = 1;
        double step = 5e-3;
        double ahead = loss(pass, form, weights, moved(mixing, step, direction));
        double behind = loss(pass, form, weights, moved(mixing, -step, direction));
        double expected = (ahead - behind) / (2 * step);

        assertThat((double) gradient[i])
            .as("mixing weight %d", i)
            .isCloseTo(expected, within(1e-3 + 1e-2 * Math.abs(expected)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void threadsAndEarlierPassesChangeNoBit(CellForm form) {
    float[] weights = weights(form);
    float[] mixing = mixing(form);
    try (LanguageModelPass one = pass(form, 1);
        LanguageModelPass three = pass(form, 3)) {
      float[] expected = gradient(one, form, weights, mixing);
      // another window in between, longer than none and with other masks
      three.backward(
          weights,
          mixing,
          new Words(new int[BATCH], new int[BATCH], new float[0]),
          Masks.NONE,
          Regularisation.NONE,
          null,
          true);

      assertThat(gradient(three, form, weights, mixing)).isEqualTo(expected);
      assertThat(gradient(one, form, weights, mixing)).isEqualTo(expected);
      assertThat(three.memory(TIMES)).isEqualTo(one.memory(TIMES));
    }
  }

  private static float[] gradient(
      LanguageModelPass pass, CellForm form, float[] weights, float[] mixing) {
    return pass.backward(weights, mixing, words(form), masks(form), REGULARISATION, null, true)
        .weights();
  }

  /** What is remembered is all that is handed on: two halves are the whole. */
  @ParameterizedTest
  @MethodSource("forms")
  void aWindowInTwoPartsIsTheWholeWindow(CellForm form) {
    float[] weights = weights(form);
    float[] mixing = mixing(form);
    Words whole = words(form);
    int half = BATCH * TIMES / 2;
    float[] statistics = random(form.normalised() ? 2 * form.size() : 0, 0.4, 12);
    for (int i = form.size(); i < statistics.length; i++) {
      statistics[i] = 1 + Math.abs(statistics[i]);
    }
    try (LanguageModelPass pass = pass(form, 2)) {
      double loss = pass.forward(weights, mixing, whole, Masks.NONE, statistics).lossSum();
      float[] memory = pass.memory(TIMES);
      Words first =
          new Words(
              Arrays.copyOf(whole.tokens(), half),
              Arrays.copyOf(whole.targets(), half),
              whole.memory());
      double one = pass.forward(weights, mixing, first, Masks.NONE, statistics).lossSum();
      Words second =
          new Words(
              Arrays.copyOfRange(whole.tokens(), half, 2 * half),
              Arrays.copyOfRange(whole.targets(), half, 2 * half),
              pass.memory(TIMES / 2));
      double other = pass.forward(weights, mixing, second, Masks.NONE, statistics).lossSum();

      assertThat(one + other).isCloseTo(loss, within(1e-5 * loss));
      assertThat(pass.memory(TIMES / 2)).isEqualTo(memory);
    }
  }

  /**
   * The blocks that a softmax is computed in: of a vocabulary that leaves room for few positions.
   */
  @Test
  void theLossOfAnUndecidedModelIsTheLogarithmOfTheVocabulary() {
    int vocabulary = 150_001;
    CellForm form = new CellForm(3, nodes(new int[] {0}), List.of(CellForm.TANH), false);
    float[] weights = new float[LanguageModelPass.weights(form, vocabulary)];
    int[] tokens = new int[70];
    int[] targets = new SplittableRandom(3).ints(70, 0, vocabulary).toArray();
    try (LanguageModelPass pass = new LanguageModelPass(form, vocabulary, 7, 10, 2)) {
      LanguageModelPass.Gradients gradients =
          pass.backward(
              weights,
              new float[] {1},
              new Words(tokens, targets, new float[0]),
              Masks.NONE,
              Regularisation.NONE,
              null,
              true);
      float[] bias = Arrays.copyOfRange(gradients.weights(), vocabulary * 3, vocabulary * 4);

      assertThat(gradients.result().lossSum() / 70).isCloseTo(Math.log(vocabulary), within(1e-5));
      double sum = 0;
      for (float value : bias) {
        sum += value;
      }
      assertThat(sum).isCloseTo(0, within(1e-5));
      assertThat(bias[targets[0]]).isCloseTo(-1f / 70, within(1e-3f));
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    CellForm form = supernet(4, 2, true);
    Words long5 = new Words(new int[5 * BATCH], new int[5 * BATCH], new float[0]);
    try (LanguageModelPass pass = pass(form, 1)) {
      assertThatThrownBy(() -> pass.forward(weights(form), mixing(form), long5, Masks.NONE, null))
          .hasMessageContaining("Cannot read 25 words")
          .hasMessageContaining("1 to 4 times of 5 rows");
      assertThatThrownBy(
              () -> pass.forward(new float[3], mixing(form), words(form), Masks.NONE, null))
          .hasMessageContaining("3 weights");
    }
    assertThatThrownBy(() -> new CellForm(4, nodes(new int[] {1}), List.of(0), false))
        .hasMessageContaining("node 0 reads 1 states from 1 on, of 1");
    assertThatThrownBy(
            () -> new CellForm(4, nodes(new int[] {0}), List.of(0), false, List.of(2), true))
        .hasMessageContaining("its output must be of the states 0 to 1, got [2]");
  }
}
