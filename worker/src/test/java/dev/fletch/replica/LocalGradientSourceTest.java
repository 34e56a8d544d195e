package dev.fletch.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.optimizer.WeightStep;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a process computes; the contract of all sources is held in the driver's tests. */
class LocalGradientSourceTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);
  private static final float[] W = {0.4f, -0.7f};
  private static final float[] P = {1.5f};
  private static final float[] STATISTICS = {0.1f, 1};

  @Test
  void severalReplicasEqualOneWithTheirBatches() {
    try (var two = source(11, 2, 3);
        var one = source(11, 1, 6)) {
      // step 0 is full; step 1 has 5 examples: 3 + 2
      for (int step = 0; step < 2; step++) {
        Gradients split = at(two, step, W).get(0);
        Gradients whole = at(one, step, W).get(0);

        assertThat(split.weights().array()).containsExactly(whole.weights().array(), ROUNDING);
        assertThat(split.mixing()).containsExactly(whole.mixing(), ROUNDING);
        assertThat(split.statistics().array())
            .containsExactly(whole.statistics().array(), ROUNDING);
        assertThat(split.score().loss()).isEqualTo(whole.score().loss(), Offset.offset(1e-12));
        assertThat(split.score().examples()).isEqualTo(whole.score().examples());
      }
    }
  }

  @Test
  void evaluationDoesNotDependOnTheNumberOfReplicas() {
    try (var one = source(11, 1, 3);
        var four = source(11, 4, 3);
        var whole = source(11, 1, 11)) {
      Score score = one.evaluate(Portion.ALPHA, Floats.of(W), P, Floats.of(STATISTICS));

      assertThat(four.evaluate(Portion.ALPHA, Floats.of(W), P, Floats.of(STATISTICS)))
          .isEqualTo(score);
      assertThat(score.examples()).isEqualTo(11);
      Score inOneChunk = whole.evaluate(Portion.ALPHA, Floats.of(W), P, Floats.of(STATISTICS));
      assertThat(score.loss()).isEqualTo(inOneChunk.loss(), Offset.offset(1e-12));
      assertThat(score.correctShare()).isEqualTo(inOneChunk.correctShare());
    }
  }

  @Test
  void trainingLearnsTheExamples() {
    try (var source = source(40, 2, 5)) {
      var state =
          new TrainingState(
              source.initialWeights(1),
              new SgdSettings(0.9, 0).optimizer(2),
              source.initialStatistics());
      var step = new WeightStep(source, Portion.TRAIN, 5);
      Floats noShift = Floats.of(new float[] {0, 1});
      double before = source.evaluate(Portion.TRAIN, state.weights(), P, noShift).loss();

      for (int i = 0; i < 60; i++) {
        step.take(state, P, new StepId(0, i), 0.2);
      }

      Score after = source.evaluate(Portion.TRAIN, state.weights(), P, noShift);
      assertThat(after.loss()).isLessThan(before / 3);
      assertThat(after.correctShare()).isGreaterThan(0.9);
    }
  }

  @Test
  void shardsOutsideTheRunAreRefused() {
    assertThatThrownBy(() -> new Shard(2, 2, 8))
        .hasMessage(
            "Invalid shard: replica 2 of 2 with batch 8; replicas count from 0, batch must be >="
                + " 1");
    assertThatThrownBy(() -> source(3, 0, 1)).hasMessage("replicas must be >= 1, got 0");
  }

  @Test
  void closingFreesTheNetwork() {
    LinearNetwork network = new LinearNetwork();

    new LocalGradientSource(network, new NumberedExamples(3), 2, 1, 0).close();

    assertThat(network.closed).isTrue();
  }

  private static LocalGradientSource source(int examples, int replicas, int batch) {
    return new LocalGradientSource(
        new LinearNetwork(), new NumberedExamples(examples), replicas, batch, 1);
  }

  private static List<Gradients> at(LocalGradientSource source, int step, float[] weights) {
    var request = new GradientRequest(Portion.WEIGHTS, new StepId(2, step), Wanted.BOTH);
    return source.gradients(request, List.of(Floats.of(weights)), P);
  }
}
