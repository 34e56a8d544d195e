package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.task.Classification;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient of the mixing weights where batch norm uses running statistics. */
class EvaluationGradientTest {
  private static final ImageShape SHAPE = new ImageShape(2, 5, 7);
  private static final int CLASSES = 3;
  private static final SupernetSettings SETTINGS =
      new SupernetSettings(2, 3, 2, 3, Operation.DARTS);
  private static final StepId AT = new StepId(0, 0);
  private static final ImageBatch BATCH = DoublePlan.randomBatch(SHAPE, 3, CLASSES);

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, true"})
  void ofEveryMixingWeight(boolean sampled, boolean oneHot) {
    try (Supernet network = network(sampled);
        DoublePlan plan =
            DoublePlan.of(network, BATCH, AT, network.initialWeights(3), mixing(network, oneHot))) {
      statistics(network, plan.pass().runningStatistics().array());
      plan.differentiateEvaluation();
      double[] gradient = plan.pass().mixingGradient().array().clone();
      CentralDifferences.check(
          "mixing weight", plan::evaluationLoss, plan.pass().mixing().array(), gradient, 16);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void inFloatAgreesWithDouble(boolean nd4jKernels, boolean oneHot) {
    String property = "fletch.engine.nd4j-kernels";
    System.setProperty(property, Boolean.toString(nd4jKernels));
    try (Supernet network = network(oneHot)) {
      float[] weights = network.initialWeights(3);
      float[] mixing = mixing(network, oneHot);
      double[] running = new double[network.statisticsCount()];
      float[] statistics = statistics(network, running);
      BatchGradients actual = network.gradientsInEvaluation(BATCH, weights, mixing, statistics);
      assertThat(actual.weights().array()).isEmpty();
      assertThat(actual.statistics().array()).isEmpty();
      assertThat(actual.score().lossSum())
          .isCloseTo(network.evaluate(BATCH, weights, mixing, statistics).lossSum(), within(1e-4));
      try (DoublePlan plan = DoublePlan.of(network, BATCH, AT, weights, mixing)) {
        System.arraycopy(running, 0, plan.pass().runningStatistics().array(), 0, running.length);
        plan.differentiateEvaluation();
        Distances.assertClose(actual.mixing(), plan.pass().mixingGradient().array(), 1e-4);
      }
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void statisticsOfAnotherLengthAreRefused() {
    try (Supernet network = network(false)) {
      float[] weights = network.initialWeights(3);
      assertThatThrownBy(
              () ->
                  network.gradientsInEvaluation(
                      BATCH, weights, mixing(network, false), new float[1]))
          .hasMessage(
              "Cannot run the network: it has %d statistics, got 1", network.statisticsCount());
    }
  }

  private static Supernet network(boolean sampled) {
    EdgeSettings edges = sampled ? EdgeSettings.PLAIN.withSampling() : EdgeSettings.PLAIN;
    return new Supernet(SETTINGS, edges, SHAPE, new Classification(CLASSES), 3, 2);
  }

  /** Running statistics as no minibatch would give them, the same in both forms. */
  private static float[] statistics(Supernet network, double[] target) {
    Random random = new Random(19);
    float[] statistics = network.initialStatistics();
    for (int i = 0; i < statistics.length; i++) {
      boolean mean = statistics[i] == 0;
      statistics[i] = (float) (mean ? 0.3 * random.nextGaussian() : 0.5 + random.nextDouble());
      target[i] = statistics[i];
    }
    return statistics;
  }

  private static float[] mixing(Supernet network, boolean oneHot) {
    Random random = new Random(17);
    float[] mixing = new float[network.mixingCount()];
    int columns = Operation.DARTS.size();
    for (int i = 0; i < mixing.length; i++) {
      // no edge but the first of each cell has a none, so that the loss depends on all of them
      mixing[i] =
          oneHot
              ? (i % columns == 1 + i / columns % (columns - 1) ? 1 : 0)
              : (float) (0.2 + 0.1 * random.nextGaussian());
    }
    return mixing;
  }
}
