package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.Wanted;
import dev.fletch.task.Classification;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupernetTest {
  private static final StepId AT = new StepId(0, 0);
  private static final ImageShape SHAPE = new ImageShape(1, 9, 9);
  private static final int CLASSES = 4;
  private static final int BATCH = 5;
  private static final Supernet NETWORK = network(SHAPE, BATCH);
  private static final float[] WEIGHTS = NETWORK.initialWeights(1);
  private static final float[] MIXING = mixing(NETWORK);

  private static Supernet network(ImageShape shape, int batch) {
    return new Supernet(
        new SupernetSettings(4, 4, 2, 3, Operation.DARTS),
        shape,
        new Classification(CLASSES),
        batch,
        1);
  }

  private static float[] mixing(Supernet network) {
    float[] mixing = new float[network.mixingCount()];
    Arrays.fill(mixing, 0.125f);
    return mixing;
  }

  @AfterAll
  static void close() {
    NETWORK.close();
  }

  @ParameterizedTest
  @CsvSource({"16, 8, 1930618", "8, 4, 347298", "8, 5, 394210", "4, 8, 207094"})
  void hasAsManyWeightsAsThePublished(int channels, int layers, int weights) {
    SupernetSettings settings = new SupernetSettings(channels, layers, 4, 3, Operation.DARTS);
    try (Supernet network =
        new Supernet(settings, new ImageShape(3, 32, 32), new Classification(10), 1, 1)) {
      assertThat(network.weightCount()).isEqualTo(weights);
      assertThat(network.mixingCount()).isEqualTo(224);
      assertThat(network.initialWeights(1)).hasSize(weights);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {27, 7, 1})
  void takesImagesOfOddSize(int side) {
    ImageShape shape = new ImageShape(1, side, side);
    try (Supernet network = network(shape, 3)) {
      ImageBatch batch = DoublePlan.randomBatch(shape, 3, CLASSES);
      float[] weights = network.initialWeights(1);
      BatchGradients gradients =
          network.gradients(batch, 0, AT, weights, mixing(network), Wanted.BOTH);
      assertThat(gradients.score().lossSum() / 3).isBetween(0.1, 10.0);
      assertThat(norm(gradients.weights().array())).isBetween(1e-3, 1e3);
      assertThat(norm(gradients.mixing())).isBetween(1e-3, 1e3);
    }
  }

  /** NaN if one of the values is. */
  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  @Test
  void aWrongLabelIsRefused() {
    ImageBatch batch = new ImageBatch(SHAPE, new float[81], new int[] {CLASSES}, new int[1]);
    assertThatThrownBy(() -> NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.BOTH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Label 4 is not in [0, 4)");
  }

  @Test
  void imagesOfAnotherShapeAreRefused() {
    ImageBatch batch = DoublePlan.randomBatch(new ImageShape(1, 7, 7), 3, CLASSES);
    assertThatThrownBy(() -> NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.BOTH))
        .hasMessage(
            "Cannot run 3 examples of 1x7x7 through a network built for 1 to 5 examples of 1x9x9");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, BATCH + 1})
  void tooFewAndTooManyExamplesAreRefused(int size) {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, size, CLASSES);
    assertThatThrownBy(() -> NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.BOTH))
        .hasMessage(
            "Cannot run %d examples of 1x9x9 through a network built for 1 to 5 examples of 1x9x9",
            size);
  }

  @Test
  void vectorsOfAnotherLengthAreRefused() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, 2, CLASSES);
    assertThatThrownBy(() -> NETWORK.gradients(batch, 0, AT, new float[3], MIXING, Wanted.BOTH))
        .hasMessage("Cannot run the network: it has %d weights, got 3", WEIGHTS.length);
    assertThatThrownBy(() -> NETWORK.gradients(batch, 0, AT, WEIGHTS, new float[7], Wanted.BOTH))
        .hasMessage("Cannot run the network: it has 80 mixing weights, got 7");
    assertThatThrownBy(() -> NETWORK.evaluate(batch, WEIGHTS, MIXING, new float[1]))
        .hasMessage(
            "Cannot run the network: it has %d statistics, got 1", NETWORK.statisticsCount());
  }

  @Test
  void aPartialBatchGivesWhatANetworkOfThatSizeGives() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, 3, CLASSES);
    BatchGradients partial = NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.BOTH);
    try (Supernet exact = network(SHAPE, 3)) {
      assertSameBits(partial, exact.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.BOTH));
    }
  }

  @Test
  void everyCallGivesTheSameBits() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    ImageBatch other = DoublePlan.randomBatch(SHAPE, 2, CLASSES);
    BatchGradients first = NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.BOTH);
    float[] otherWeights = NETWORK.initialWeights(2);
    NETWORK.gradients(other, 0, AT, otherWeights, MIXING, Wanted.MIXING);
    NETWORK.evaluate(batch, otherWeights, MIXING, NETWORK.initialStatistics());
    assertSameBits(NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.BOTH), first);
  }

  private static void assertSameBits(BatchGradients actual, BatchGradients expected) {
    assertThat(actual.weights().array()).isEqualTo(expected.weights().array());
    assertThat(actual.mixing()).isEqualTo(expected.mixing());
    assertThat(actual.statistics().array()).isEqualTo(expected.statistics().array());
    assertThat(actual.score()).isEqualTo(expected.score());
  }

  @Test
  void onlyTheWantedGradientsAreGiven() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    BatchGradients both = NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.BOTH);
    BatchGradients weights = NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.WEIGHTS);
    BatchGradients mixing = NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.MIXING);
    assertThat(weights.weights().array()).isEqualTo(both.weights().array());
    assertThat(weights.mixing()).isEmpty();
    assertThat(mixing.mixing()).isEqualTo(both.mixing());
    assertThat(mixing.weights().array()).isEmpty();
  }

  @Test
  void initialWeightsDependOnTheSeedAlone() {
    try (Supernet other = network(new ImageShape(1, 6, 8), 2)) {
      assertThat(other.initialWeights(1)).isEqualTo(WEIGHTS);
    }
    assertThat(NETWORK.initialWeights(2)).isNotEqualTo(WEIGHTS);
    float[] stem = Arrays.copyOf(WEIGHTS, 12 * 9);
    for (float weight : stem) {
      assertThat(Math.abs(weight)).isLessThanOrEqualTo(1f / 3);
    }
    assertThat(norm(stem) / Math.sqrt(stem.length)).isCloseTo(1 / Math.sqrt(27), within(0.03));
  }

  @Test
  void statisticsBeginAsMeanZeroAndVarianceOne() {
    float[] statistics = NETWORK.initialStatistics();
    assertThat(Arrays.copyOf(statistics, 24)).startsWith(new float[12]);
    assertThat(Arrays.copyOfRange(statistics, 12, 24)).containsOnly(1);
    assertThat(norm(statistics) * norm(statistics))
        .isCloseTo(statistics.length / 2.0, within(1e-6));
  }

  @Test
  void evaluationDoesNotDependOnTheRestOfTheBatch() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    float[] statistics =
        NETWORK.gradients(batch, 0, AT, WEIGHTS, MIXING, Wanted.BOTH).statistics().array();
    float[] together = NETWORK.logits(batch, WEIGHTS, MIXING, statistics);
    BatchScore score = NETWORK.evaluate(batch, WEIGHTS, MIXING, statistics);
    int correct = 0;
    double lossSum = 0;
    for (int n = 0; n < BATCH; n++) {
      int predicted = score.predictions().predicted(n);
      for (int c = 0; c < CLASSES; c++) {
        assertThat(together[n * CLASSES + c])
            .isLessThanOrEqualTo(together[n * CLASSES + predicted]);
      }
      assertThat(score.predictions().label(n)).isEqualTo(batch.targets()[n]);
      correct += predicted == batch.targets()[n] ? 1 : 0;
      float[] image = Arrays.copyOfRange(batch.images(), n * 81, (n + 1) * 81);
      ImageBatch single =
          new ImageBatch(
              SHAPE, image, new int[] {batch.targets()[n]}, new int[] {batch.examples()[n]});
      float[] alone = NETWORK.logits(single, WEIGHTS, MIXING, statistics);
      assertThat(alone)
          .containsExactly(
              Arrays.copyOfRange(together, n * CLASSES, (n + 1) * CLASSES), within(1e-5f));
      lossSum += NETWORK.evaluate(single, WEIGHTS, MIXING, statistics).lossSum();
    }
    assertThat(lossSum).isCloseTo(score.lossSum(), within(1e-4));
    assertThat(score.correct()).isEqualTo(correct);
  }

  /** With images of one pixel every batch norm sees as many columns as there are examples. */
  @Test
  void evaluationWithTheStatisticsOfTheBatchGivesWhatTrainingGave() {
    ImageShape shape = new ImageShape(3, 1, 1);
    ImageBatch batch = DoublePlan.randomBatch(shape, BATCH, CLASSES);
    try (Supernet network = network(shape, BATCH);
        DoublePlan plan =
            DoublePlan.of(network, batch, AT, network.initialWeights(1), mixing(network))) {
      double trained = plan.loss();
      double[] statistics = plan.pass().batchStatistics().array();
      System.arraycopy(
          statistics, 0, plan.pass().runningStatistics().array(), 0, statistics.length);
      plan.makeVariancesBiased(BATCH);
      assertThat(plan.evaluationLoss()).isCloseTo(trained, within(1e-9));
    }
  }

  @Test
  void aSpaceWithoutConvolutionsCanBeSearched() {
    List<Operation> operations = List.of(Operation.SKIP_CONNECT, Operation.MAX_POOL_3X3);
    SupernetSettings settings = new SupernetSettings(4, 4, 2, 3, operations);
    try (Supernet network = new Supernet(settings, SHAPE, new Classification(CLASSES), BATCH, 1)) {
      ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
      float[] mixing = mixing(network);
      assertThat(mixing).hasSize(20);
      assertThat(
              norm(
                  network
                      .gradients(batch, 0, AT, network.initialWeights(1), mixing, Wanted.BOTH)
                      .mixing()))
          .isBetween(1e-3, 1e3);
    }
  }
}
