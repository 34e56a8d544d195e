package dev.fletch.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.optimizer.WeightStep;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LocalGradientSourceTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);
  private static final float[] W = {0.4f, -0.7f};
  private static final float[] P = {1.5f};
  private static final float[] STATISTICS = {0.1f, 1};

  @Test
  void describesTheRun() {
    try (var source = source(11, 2, 3)) {
      assertThat(source.size()).isEqualTo(new NetworkSize(2, 1, 2));
      assertThat(source.examples(Portion.WEIGHTS)).isEqualTo(11);
      assertThat(source.steps(Portion.WEIGHTS)).isEqualTo(2);
      assertThat(source.initialWeights(3)).containsExactly(0.03f, 0.06f);
      assertThat(source.initialStatistics()).containsExactly(0, 1);
    }
  }

  @Test
  void severalReplicasEqualOneWithTheirBatches() {
    try (var two = source(11, 2, 3);
        var one = source(11, 1, 6)) {
      // step 0 is full; step 1 has 5 examples: 3 + 2
      for (int step = 0; step < 2; step++) {
        Gradients split = at(two, step, W).get(0);
        Gradients whole = at(one, step, W).get(0);

        assertThat(split.weights()).containsExactly(whole.weights(), ROUNDING);
        assertThat(split.mixing()).containsExactly(whole.mixing(), ROUNDING);
        assertThat(split.statistics()).containsExactly(whole.statistics(), ROUNDING);
        assertThat(split.score().loss()).isEqualTo(whole.score().loss(), Offset.offset(1e-12));
        assertThat(split.score().examples()).isEqualTo(whole.score().examples());
      }
    }
  }

  @Test
  void replicasWithoutExamplesDoNotCount() {
    try (var source = source(9, 4, 2)) {
      Gradients last = at(source, 1, W).get(0);

      assertThat(last.score().examples()).isEqualTo(1);
      try (var one = source(9, 1, 8)) {
        assertThat(last.weights()).containsExactly(at(one, 1, W).get(0).weights());
      }
    }
  }

  @Test
  void severalPointsAreThoseOfSeveralCalls() {
    float[] other = {-1, 2};
    try (var source = source(11, 2, 3)) {
      List<Gradients> both = at(source, 0, W, other);

      assertThat(both).hasSize(2);
      assertThat(both.get(0).weights()).containsExactly(at(source, 0, W).get(0).weights());
      assertThat(both.get(1).weights()).containsExactly(at(source, 0, other).get(0).weights());
    }
  }

  @Test
  void evaluationDoesNotDependOnTheNumberOfReplicas() {
    try (var one = source(11, 1, 3);
        var four = source(11, 4, 3);
        var whole = source(11, 1, 11)) {
      Score score = one.evaluate(Portion.ALPHA, W, P, STATISTICS);

      assertThat(four.evaluate(Portion.ALPHA, W, P, STATISTICS)).isEqualTo(score);
      assertThat(score.examples()).isEqualTo(11);
      Score inOneChunk = whole.evaluate(Portion.ALPHA, W, P, STATISTICS);
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
      float[] noShift = {0, 1};
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
  void aLossThatIsNotANumberNamesEpochStepAndReplica() {
    try (var source = source(11, 2, 3)) {
      assertThatThrownBy(() -> at(source, 1, new float[] {Float.NaN, 0}))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "Training diverged at epoch 2, step 1, replica 0: loss is NaN; lower the learning"
                  + " rate or the gradient clip");
    }
  }

  @Test
  void vectorsOfAnotherNetworkAreRefused() {
    try (var source = source(11, 1, 3)) {
      assertThatThrownBy(() -> at(source, 0, new float[5]))
          .hasMessage(
              "Cannot use 5 weights: the network has 2; they belong to another configuration");
      assertThatThrownBy(() -> source.evaluate(Portion.TEST, W, P, new float[7]))
          .hasMessage(
              "Cannot use 7 batch-norm statistics: the network has 2; they belong to another"
                  + " configuration");
      assertThatThrownBy(() -> source.evaluate(Portion.TEST, W, new float[0], STATISTICS))
          .hasMessage(
              "Cannot use 0 mixing weights: the network has 1; they belong to another"
                  + " configuration");
    }
  }

  @Test
  void anEmptyPortionCannotBeScored() {
    try (var source = source(0, 1, 3)) {
      assertThatThrownBy(() -> source.evaluate(Portion.TEST, W, P, STATISTICS))
          .hasMessage("Cannot score: no example was evaluated");
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

  private static List<Gradients> at(LocalGradientSource source, int step, float[]... weights) {
    var request = new GradientRequest(Portion.WEIGHTS, new StepId(2, step), Wanted.BOTH);
    return source.gradients(request, List.of(weights), P);
  }
}
