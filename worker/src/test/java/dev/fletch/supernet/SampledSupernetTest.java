package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations with mixing weight 0 are not computed, and nobody can tell from what is. */
class SampledSupernetTest {
  private static final String ND4J = "fletch.engine.nd4j-kernels";
  private static final StepId AT = new StepId(0, 0);
  private static final ImageShape SHAPE = new ImageShape(2, 9, 7);
  private static final int CLASSES = 4;
  private static final int SIZE = 5;
  private static final ImageBatch BATCH = DoublePlan.randomBatch(SHAPE, SIZE, CLASSES);
  private static final int COLUMNS = Operation.DARTS.size();

  /** Normal and reduction cells, three nodes of them. */
  private static final SupernetSettings SETTINGS =
      new SupernetSettings(4, 4, 3, 3, Operation.DARTS);

  private static Supernet network(boolean sampled) {
    EdgeSettings edges = sampled ? EdgeSettings.PLAIN.withSampling() : EdgeSettings.PLAIN;
    return new Supernet(SETTINGS, edges, SHAPE, new Classification(CLASSES), SIZE, 2);
  }

  @AfterEach
  void usualKernels() {
    System.clearProperty(ND4J);
  }

  private static float[] draw(long seed) {
    Random random = new Random(seed);
    float[] mixing = new float[SETTINGS.topology().rows() * COLUMNS];
    for (int edge = 0; edge < SETTINGS.topology().rows(); edge++) {
      mixing[edge * COLUMNS + random.nextInt(COLUMNS)] = 1;
    }
    return mixing;
  }

  private static float[] dense() {
    float[] mixing = new float[SETTINGS.topology().rows() * COLUMNS];
    Arrays.fill(mixing, 1f / COLUMNS);
    return mixing;
  }

  private static BatchGradients gradients(Supernet network, float[] mixing) {
    return network.gradients(BATCH, 0, AT, network.initialWeights(1), mixing, Wanted.BOTH);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsSampledIsAsWithoutSampling(boolean nd4jKernels) {
    System.setProperty(ND4J, Boolean.toString(nd4jKernels));
    try (Supernet sampled = network(true);
        Supernet all = network(false)) {
      for (int seed = 0; seed < (nd4jKernels ? 2 : 6); seed++) {
        float[] mixing = draw(seed);
        BatchGradients actual = gradients(sampled, mixing);
        BatchGradients expected = gradients(all, mixing);
        assertThat(actual.score().lossSum()).isCloseTo(expected.score().lossSum(), within(1e-4));
        // an operation with weight 0 has no weight gradient anyway
        Distances.assertClose(actual.weights().array(), expected.weights().array(), 1e-4);
        float[] active = expected.mixing().clone();
        for (int i = 0; i < mixing.length; i++) {
          active[i] *= mixing[i];
          if (mixing[i] == 0) {
            assertThat(actual.mixing()[i]).isZero();
          }
        }
        Distances.assertClose(actual.mixing(), active, 1e-4);
        assertMeasuredOnlyWhatRan(actual.statistics().array(), expected.statistics().array());
      }
    }
  }

  private static void assertMeasuredOnlyWhatRan(float[] actual, float[] expected) {
    int left = 0;
    float[] ran = actual.clone();
    for (int i = 0; i < ran.length; i++) {
      if (Float.isNaN(ran[i])) {
        ran[i] = expected[i];
        left++;
      }
    }
    assertThat(left).isBetween(ran.length / 4, ran.length - 1);
    Distances.assertClose(ran, expected, 1e-4);
  }

  @Test
  void allOperationsAtOnceAreAsWithoutSampling() {
    try (Supernet sampled = network(true);
        Supernet all = network(false)) {
      assertSameBits(gradients(sampled, dense()), gradients(all, dense()));
    }
  }

  /** Some edges have several operations, some none. */
  @Test
  void severalOperationsOfAnEdgeMayBeSampled() {
    float[] mixing = draw(1);
    for (int i = 0; i < mixing.length; i += 3) {
      mixing[i] = 0.25f;
    }
    try (Supernet sampled = network(true);
        Supernet all = network(false)) {
      BatchGradients actual = gradients(sampled, mixing);
      Distances.assertClose(
          actual.weights().array(), gradients(all, mixing).weights().array(), 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingStaysFromThePassBefore(boolean nd4jKernels) {
    System.setProperty(ND4J, Boolean.toString(nd4jKernels));
    try (Supernet used = network(true)) {
      float[] poison = used.initialWeights(2);
      Arrays.fill(poison, Float.NaN);
      float[] running = used.initialStatistics();
      for (int seed = nd4jKernels ? 2 : 0; seed < 4; seed++) {
        used.gradients(BATCH, 0, AT, poison, dense(), Wanted.BOTH);
        if (seed > 1) {
          gradients(used, draw(seed + 10));
        }
        try (Supernet fresh = network(true)) {
          float[] mixing = seed == 3 ? new float[dense().length] : draw(seed);
          float[] weights = used.initialWeights(1);
          BatchScore evaluated = used.evaluate(BATCH, weights, mixing, running);
          assertThat(evaluated.lossSum())
              .isEqualTo(fresh.evaluate(BATCH, weights, mixing, running).lossSum())
              .isFinite();
          BatchGradients actual = gradients(used, mixing);
          assertSameBits(actual, gradients(fresh, mixing));
          for (float gradient : actual.weights().array()) {
            assertThat(gradient).isFinite();
          }
        }
      }
    }
  }

  /** With no operation anywhere all images look alike. */
  @Test
  void nodesThatNothingEntersAreZero() {
    try (Supernet network = network(true)) {
      gradients(network, dense());
      float[] none = new float[dense().length];
      for (int i = 0; i < none.length; i += COLUMNS) {
        none[i] = 1;
      }
      BatchGradients actual = gradients(network, none);
      float[] logits = network.lastLogits();
      for (int i = CLASSES; i < logits.length; i++) {
        assertThat(logits[i]).isEqualTo(logits[i % CLASSES]);
      }
      assertThat(actual.mixing()).containsOnly(0);
      float[] bias = network.initialWeights(1);
      bias = Arrays.copyOfRange(bias, bias.length - CLASSES, bias.length);
      assertThat(logits).startsWith(bias);
    }
  }

  /** Zeros that are so small that they are none make no difference but that all is computed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEvaluationLeavesOutWhatHasNoWeight(boolean sampled) {
    try (Supernet network = network(sampled)) {
      float[] weights = network.initialWeights(1);
      float[] statistics = gradients(network, dense()).statistics().array();
      for (int seed = 0; seed < 4; seed++) {
        float[] mixing = draw(seed);
        float[] logits = network.logits(BATCH, weights, mixing, statistics);
        float[] tiny = mixing.clone();
        for (int i = 0; i < tiny.length; i++) {
          tiny[i] = mixing[i] == 0 ? 1e-30f : mixing[i];
        }
        Distances.assertClose(logits, network.logits(BATCH, weights, tiny, statistics), 1e-4);
      }
    }
  }

  private static void assertSameBits(BatchGradients actual, BatchGradients expected) {
    assertThat(actual.weights().array()).isEqualTo(expected.weights().array());
    assertThat(actual.mixing()).isEqualTo(expected.mixing());
    assertThat(actual.statistics().array()).isEqualTo(expected.statistics().array());
    assertThat(actual.score()).isEqualTo(expected.score());
  }

  @Test
  void multiplyAddsAreCountedOfWhatIsThere() {
    try (Supernet network = network(false)) {
      assertThat(network.multiplyAdds(dense())).isEqualTo(network.multiplyAdds());
      float[] mixing = new float[dense().length];
      long nothing = network.multiplyAdds(mixing);
      int separable = Operation.DARTS.indexOf(Operation.SEP_CONV_3X3);
      mixing[separable] = 1;
      // two normal cells: 9x7 pixels with 4 channels and, after both reductions, 3x2 with 16
      long first = 63 * 4 * 2 * (9 + 4);
      long second = 6 * 16 * 2 * (9 + 16);
      assertThat(network.multiplyAdds(mixing) - nothing).isEqualTo(first + second);
    }
  }
}
