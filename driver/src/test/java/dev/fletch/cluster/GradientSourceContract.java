package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.nn.Wanted;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every source of gradients owes, whoever computes them. */
abstract class GradientSourceContract {
  private static final int BATCH = LocalSpark.BATCH;
  private static final float[] P = {0.4f, 0.6f};
  private static final float[] OTHER_P = {-1, 2};
  private static final float[] STATISTICS = {0.1f, 0.2f, -0.1f, 0.3f};
  private static final float[] W = weights(1);

  /** A source with the network and the examples of {@code replicas}. */
  abstract GradientSource open(ToyReplicas of, int replicas, int batch);

  /** What is held to the contract. */
  abstract Class<? extends GradientSource> type();

  /** What {@link #open} opens. */
  Class<? extends GradientSource> opened() {
    return type();
  }

  private GradientSource open(int size, int replicas) {
    return open(new ToyReplicas(size), replicas, BATCH);
  }

  private static float[] weights(int factor) {
    float[] weights = new float[12];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (0.3 * Math.sin(factor * (i + 1)));
    }
    return weights;
  }

  private static GradientRequest request(int step, Wanted wanted) {
    return new GradientRequest(Portion.WEIGHTS, new StepId(2, step), wanted);
  }

  private static List<Gradients> at(GradientSource source, int step, float[]... weights) {
    return source.gradients(
        request(step, Wanted.BOTH), Arrays.stream(weights).map(Floats::of).toList(), P);
  }

  private static void assertSame(Gradients actual, Gradients expected) {
    assertThat(actual.weights().array()).isEqualTo(expected.weights().array());
    assertThat(actual.mixing()).isEqualTo(expected.mixing());
    assertThat(actual.statistics().array()).isEqualTo(expected.statistics().array());
    assertThat(actual.score()).isEqualTo(expected.score());
  }

  @Test
  void describesTheRun() {
    try (GradientSource source = open(37, 2)) {
      assertThat(source).isInstanceOf(opened());
      assertThat(source.size()).isEqualTo(new NetworkSize(12, 2, 4));
      for (Portion portion : List.of(Portion.WEIGHTS, Portion.ALPHA)) {
        assertThat(source.examples(portion)).isEqualTo(37);
        assertThat(source.steps(portion, 3)).isEqualTo(7);
      }
      assertThat(source.initialWeights(3)).hasSize(12).isEqualTo(source.initialWeights(3));
      assertThat(source.initialWeights(4)).isNotEqualTo(source.initialWeights(3));
      assertThat(source.initialStatistics()).containsExactly(0, 0, 0, 0);
    }
  }

  /** With 37 examples the last step leaves some replicas short, and others empty-handed. */
  @ParameterizedTest(name = "{0} replicas")
  @ValueSource(ints = {1, 2, 4, 5, 9})
  void givesTheBitsOfOneProcess(int replicas) {
    ToyTraining expected;
    try (GradientSource local = new ToyReplicas(37).local(replicas, BATCH)) {
      expected = ToyTraining.run(local, 5);
    }
    try (GradientSource source = open(37, replicas)) {
      ToyTraining.run(source, 5).assertSameBitsAs(expected);
    }
  }

  @Test
  void replicasWithoutExamplesDoNotCount() {
    try (GradientSource four = open(new ToyReplicas(9), 4, 2);
        GradientSource one = open(new ToyReplicas(9), 1, 8)) {
      Gradients last = at(four, 1, W).get(0);

      assertThat(last.score().examples()).isEqualTo(1);
      assertSame(last, at(one, 1, W).get(0));
    }
  }

  @Test
  void severalPointsAreThoseOfSeveralCalls() {
    float[] other = weights(2);
    try (GradientSource source = open(11, 2)) {
      List<Gradients> both = at(source, 0, W, other);

      assertThat(both).hasSize(2);
      assertSame(both.get(0), at(source, 0, W).get(0));
      assertSame(both.get(1), at(source, 0, other).get(0));
      assertThat(both.get(1).weights().array()).isNotEqualTo(both.get(0).weights().array());
    }
  }

  @ParameterizedTest
  @EnumSource(Wanted.class)
  void givesWhatIsWanted(Wanted wanted) {
    try (GradientSource source = open(11, 2)) {
      Gradients gradients = source.gradients(request(0, wanted), List.of(Floats.of(W)), P).get(0);

      assertThat(gradients.weights().array()).hasSize(wanted.weights() ? 12 : 0);
      assertThat(gradients.mixing()).hasSize(wanted.mixing() ? 2 : 0);
      assertThat(gradients.statistics().array()).hasSize(4);
      assertThat(gradients.score().examples()).isEqualTo(6);
    }
  }

  @Test
  void evaluationModeTakesTheStatisticsAndGivesGradientsOfMixingWeights() {
    GradientRequest request = request(1, Wanted.MIXING);
    try (GradientSource source = open(11, 2)) {
      List<Gradients> both =
          source.gradientsInEvaluation(
              request, Floats.of(W), List.of(P, OTHER_P), Floats.of(STATISTICS));

      assertThat(both).hasSize(2);
      assertSame(
          both.get(1),
          source
              .gradientsInEvaluation(request, Floats.of(W), List.of(OTHER_P), Floats.of(STATISTICS))
              .get(0));
      assertThat(both.get(0).weights().array()).isEmpty();
      assertThat(both.get(0).statistics().array()).isEmpty();
      assertThat(both.get(0).mixing()).hasSize(2);
      assertThat(
              source
                  .gradientsInEvaluation(request, Floats.of(W), List.of(P), Floats.of(new float[4]))
                  .get(0)
                  .mixing())
          .isNotEqualTo(both.get(0).mixing());
    }
  }

  @Test
  void evaluationLooksAtAsManyMinibatchesAsItIsTold() {
    try (GradientSource source = open(11, 1)) {
      for (int chunks : new int[] {1, 3, 4, 5, Integer.MAX_VALUE}) {
        List<Score> scores =
            source.evaluate(
                Portion.ALPHA, chunks, Floats.of(W), List.of(P, OTHER_P), Floats.of(STATISTICS));

        assertThat(scores).hasSize(2);
        assertThat(scores.get(0).examples()).isEqualTo(Math.min(11L, 3L * chunks));
        assertThat(scores.get(1))
            .isEqualTo(
                source
                    .evaluate(
                        Portion.ALPHA,
                        chunks,
                        Floats.of(W),
                        List.of(OTHER_P),
                        Floats.of(STATISTICS))
                    .get(0))
            .isNotEqualTo(scores.get(0));
      }
    }
  }

  @Test
  void evaluationDoesNotDependOnTheNumberOfReplicas() {
    try (GradientSource one = open(11, 1);
        GradientSource five = open(11, 5)) {
      assertThat(five.evaluate(Portion.ALPHA, Floats.of(W), P, Floats.of(STATISTICS)))
          .isEqualTo(one.evaluate(Portion.ALPHA, Floats.of(W), P, Floats.of(STATISTICS)));
    }
  }

  @Test
  void argumentsStayAsTheyAre() {
    float[] w = W.clone();
    float[] p = P.clone();
    float[] statistics = STATISTICS.clone();
    try (GradientSource source = open(11, 2)) {
      source.gradients(request(0, Wanted.BOTH), List.of(Floats.of(w)), p);
      source.gradientsInEvaluation(
          request(0, Wanted.MIXING), Floats.of(w), List.of(p), Floats.of(statistics));
      source.evaluate(Portion.ALPHA, Floats.of(w), p, Floats.of(statistics));
    }
    assertThat(w).isEqualTo(W);
    assertThat(p).isEqualTo(P);
    assertThat(statistics).isEqualTo(STATISTICS);
  }

  @ParameterizedTest(name = "{0} replicas")
  @ValueSource(ints = {2, 5})
  void aLossThatIsNotANumberNamesEpochStepAndReplica(int replicas) {
    float[] weights = new float[12];
    Arrays.fill(weights, Float.NaN);
    try (GradientSource source = open(37, replicas)) {
      assertThatThrownBy(() -> at(source, 1, weights))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "Training diverged at epoch 2, step 1, replica 0: loss is NaN; lower the learning"
                  + " rate or the gradient clip");
    }
  }

  @Test
  void vectorsOfAnotherNetworkAreRefused() {
    try (GradientSource source = open(11, 1)) {
      assertThatThrownBy(() -> at(source, 0, new float[5]))
          .hasMessageEndingWith(
              "Cannot use 5 weights: the network has 12; they belong to another configuration");
      assertThatThrownBy(
              () -> source.evaluate(Portion.TEST, Floats.of(W), P, Floats.of(new float[7])))
          .hasMessageEndingWith(
              "Cannot use 7 batch-norm statistics: the network has 4; they belong to another"
                  + " configuration");
      assertThatThrownBy(
              () ->
                  source.evaluate(Portion.TEST, Floats.of(W), new float[0], Floats.of(STATISTICS)))
          .hasMessageEndingWith(
              "Cannot use 0 mixing weights: the network has 2; they belong to another"
                  + " configuration");
    }
  }

  @Test
  void anEmptyPortionCannotBeScored() {
    try (GradientSource source = open(0, 1)) {
      assertThatThrownBy(
              () -> source.evaluate(Portion.TEST, Floats.of(W), P, Floats.of(STATISTICS)))
          .hasMessageEndingWith("Cannot score: no example was evaluated");
    }
  }

  @Test
  void isClosedTwiceWithoutHarm() {
    GradientSource source = open(11, 2);
    source.evaluate(Portion.ALPHA, Floats.of(W), P, Floats.of(STATISTICS));
    source.close();
    source.close();
  }
}
