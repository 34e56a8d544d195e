package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.Wanted;
import dev.fletch.task.Classification;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A whole supernet, tiny, with every operation, both kinds of cells and an odd image. */
class SupernetGradientTest {
  private static final ImageShape SHAPE = new ImageShape(2, 5, 7);
  private static final int CLASSES = 3;
  private static final SupernetSettings SETTINGS =
      new SupernetSettings(2, 3, 2, 3, Operation.DARTS);
  private static final StepId AT = new StepId(0, 0);

  @Test
  void ofAllWeightsAndMixingWeights() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, 3, CLASSES);
    try (Supernet network = new Supernet(SETTINGS, SHAPE, new Classification(CLASSES), 3, 1);
        DoublePlan plan =
            DoublePlan.of(network, batch, AT, network.initialWeights(3), mixing(network))) {
      plan.differentiate();
      double[] weightGradient = plan.pass().weightGradient().array().clone();
      double[] mixingGradient = plan.pass().mixingGradient().array().clone();
      CentralDifferences.check(
          "weight", plan::loss, plan.pass().weights().array(), weightGradient, 20);
      CentralDifferences.check(
          "mixing weight", plan::loss, plan.pass().mixing().array(), mixingGradient, 12);
    }
  }

  @Test
  void inFloatAgreesWithDouble() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, 3, CLASSES);
    try (Supernet network = new Supernet(SETTINGS, SHAPE, new Classification(CLASSES), 3, 2)) {
      float[] weights = network.initialWeights(3);
      float[] mixing = mixing(network);
      BatchGradients actual = network.gradients(batch, 1, AT, weights, mixing, Wanted.BOTH);
      try (DoublePlan plan = DoublePlan.of(network, batch, AT, weights, mixing)) {
        plan.differentiate();
        assertClose(actual.weights().array(), plan.pass().weightGradient().array());
        assertClose(actual.mixing(), plan.pass().mixingGradient().array());
        assertClose(actual.statistics().array(), plan.pass().batchStatistics().array());
        assertThat(actual.score().lossSum() / 3).isCloseTo(plan.loss(), within(1e-5));
      }
    }
  }

  /** Random, as a relaxation that is no softmax might give them. */
  private static float[] mixing(Supernet network) {
    Random random = new Random(17);
    float[] mixing = new float[network.mixingCount()];
    for (int i = 0; i < mixing.length; i++) {
      mixing[i] = (float) (0.2 + 0.1 * random.nextGaussian());
    }
    return mixing;
  }

  /** Float rounding of a few thousand terms, a few layers deep. */
  private static void assertClose(float[] actual, double[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += expected[i] * expected[i];
    }
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(Math.sqrt(difference / norm)).isLessThan(1e-4);
  }
}
