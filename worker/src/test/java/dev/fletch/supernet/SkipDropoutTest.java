package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.engine.Extent;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.Wanted;
import dev.fletch.task.Classification;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkipDropoutTest {
  private static final ImageShape SHAPE = new ImageShape(2, 5, 7);
  private static final int CLASSES = 3;
  private static final int BATCH = 3;
  private static final StepId AT = new StepId(0, 4);
  private static final SkipDropout DROPOUT = new SkipDropout(0.4, 0, 25, 10);

  /** A stage of 25 epochs that starts in epoch 50 of the search and trains w alone in 10. */
  @ParameterizedTest
  @CsvSource({
    "50, 0.384", // 0.4 * 24 / 25
    "59, 0.24", // 0.4 * 15 / 25
    "60, 0.4",
    "61, 0.32749230", // 0.4 * exp(-0.2)
    "74, 0.02432402" // 0.4 * exp(-2.8)
  })
  void fallsWithinItsStage(int epoch, double expected) {
    SkipDropout dropout = new SkipDropout(0.4, 50, 25, 10);
    assertThat(dropout.at(epoch)).isCloseTo(expected, within(1e-8));
  }

  private static Supernet network(SkipDropout dropout, int threads) {
    SupernetSettings settings = new SupernetSettings(4, 3, 2, 3, Operation.DARTS);
    EdgeSettings edges = EdgeSettings.PLAIN.with(dropout);
    return new Supernet(settings, edges, SHAPE, new Classification(CLASSES), BATCH, threads);
  }

  private static float[] mixing(Supernet network) {
    float[] mixing = new float[network.mixingCount()];
    Arrays.fill(mixing, 0.125f);
    return mixing;
  }

  private static ImageBatch batch() {
    return DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
  }

  private static BatchGradients gradients(Supernet network, long seed, StepId at) {
    float[] weights = network.initialWeights(1);
    return network.gradients(batch(), seed, at, weights, mixing(network), Wanted.BOTH);
  }

  @Test
  void isAFunctionOfSeedEpochAndStep() {
    try (Supernet network = network(DROPOUT, 1)) {
      BatchGradients first = gradients(network, 7, AT);
      for (BatchGradients other :
          List.of(
              gradients(network, 8, AT),
              gradients(network, 7, new StepId(1, 4)),
              gradients(network, 7, new StepId(0, 5)))) {
        assertThat(other.weights().array()).isNotEqualTo(first.weights().array());
      }
      BatchGradients again = gradients(network, 7, AT);
      assertThat(again.weights().array()).isEqualTo(first.weights().array());
      assertThat(again.mixing()).isEqualTo(first.mixing());
    }
  }

  /** Products differ in their last bits with the number of threads; dropped elements do not. */
  @Test
  void threadsDoNotMatter() {
    try (Supernet one = network(DROPOUT, 1);
        Supernet two = network(DROPOUT, 2)) {
      double alone = gradients(one, 7, AT).score().lossSum();
      assertThat(gradients(two, 7, AT).score().lossSum()).isCloseTo(alone, within(1e-5));
    }
  }

  @Test
  void anExampleLosesTheSameInAnyMinibatchAndOthersElsewhere() {
    Extent two = PlanBuilder.unbuilt(0).slot(1, 2, 3, 3).extent();
    Extent one = PlanBuilder.unbuilt(0).slot(1, 1, 3, 3).extent();
    SkipDraws draws = new SkipDraws(DROPOUT);
    draws.draw(new int[] {5, 6}, 7, AT);
    assertThat(draws.of(3, two)).isEqualTo(draws.of(3, two)).isNotEqualTo(draws.of(4, two));
    SkipDraws single = new SkipDraws(DROPOUT);
    single.draw(new int[] {6}, 7, AT);
    assertThat(single.of(3, one)).isNotEqualTo(draws.of(3, two));
    draws.draw(new int[] {6}, 7, AT);
    assertThat(single.of(3, one)).isEqualTo(draws.of(3, one));
  }

  @Test
  void doesNotActInEvaluation() {
    try (Supernet dropping = network(DROPOUT, 1);
        Supernet plain = network(SkipDropout.NONE, 1)) {
      float[] weights = plain.initialWeights(1);
      float[] mixing = mixing(plain);
      float[] statistics = plain.initialStatistics();
      assertThat(gradients(dropping, 7, AT).score()).isNotEqualTo(gradients(plain, 7, AT).score());
      assertThat(dropping.logits(batch(), weights, mixing, statistics))
          .isEqualTo(plain.logits(batch(), weights, mixing, statistics));
    }
  }

  /** A rate of 0.4 that has fallen to nothing changes no more than rounding does. */
  @Test
  void endsWithItsStage() {
    SkipDropout warmingUp = new SkipDropout(0.4, 0, 1, 1);
    assertThat(warmingUp.at(0)).isZero();
    try (Supernet dropping = network(warmingUp, 1);
        Supernet plain = network(SkipDropout.NONE, 1)) {
      BatchGradients actual = gradients(dropping, 7, AT);
      BatchGradients expected = gradients(plain, 7, AT);
      assertThat(actual.score()).isEqualTo(expected.score());
      assertThat(actual.mixing()).containsExactly(expected.mixing(), within(1e-5f));
    }
  }
}
