package dev.fletch.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.bilevel.AlphaPenalty;
import dev.fletch.bilevel.L1Penalty;
import dev.fletch.data.StepId;
import dev.fletch.supernet.DirectRelaxation;
import dev.fletch.supernet.LinearHypernetwork;
import dev.fletch.supernet.Relaxation;
import dev.fletch.supernet.SoftmaxRelaxation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The linear hypernetwork, and the L1 penalty that it is compared with. */
class HypernetworkTest {
  private static final List<Double> LAMBDAS = List.of(1e-4, 1e-3, 1e-2, 1e-1);
  private static final SearchSpace SPACE = Spaces.small(11, Spaces.linear(10, 0.1));
  private static final int STEPS = 20_000;

  private static Hypernetwork method(Hypernetwork.Draw draw, Mixing mixing) {
    return new Hypernetwork(LAMBDAS, draw, 10, 5, mixing);
  }

  @Test
  void everyLambdaOfTheListIsDrawnAlike() {
    Hypernetwork method = method(Hypernetwork.Draw.LIST, Mixing.SOFTMAX);
    double[] counts = new double[4];
    for (int step = 0; step < STEPS; step++) {
      counts[LAMBDAS.indexOf(method.lambda(7, new StepId(step % 50, step / 50)))]++;
    }
    double chiSquare = 0;
    for (double count : counts) {
      chiSquare += Math.pow(count - STEPS / 4.0, 2) / (STEPS / 4.0);
    }
    // the 99.9 % quantile with three degrees of freedom
    assertThat(chiSquare).isLessThan(16.27);
  }

  @Test
  void logUniformDrawsFillTheWholeRange() {
    Hypernetwork method = method(Hypernetwork.Draw.LOG_UNIFORM, Mixing.SOFTMAX);
    double[] decades = new double[3];
    double mean = 0;
    for (int step = 0; step < STEPS; step++) {
      double exponent = Math.log10(method.lambda(7, new StepId(0, step)));
      assertThat(exponent).isBetween(-4.0, -1.0);
      decades[(int) Math.min(2, exponent + 4)] += 1.0 / STEPS;
      mean += exponent / STEPS;
    }
    assertThat(mean).isCloseTo(-2.5, within(4 * 3 / Math.sqrt(12.0 * STEPS)));
    assertThat(decades).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(0.014));
  }

  @Test
  void aDrawIsAFunctionOfSeedEpochAndStep() {
    Hypernetwork method = method(Hypernetwork.Draw.LOG_UNIFORM, Mixing.SOFTMAX);
    double lambda = method.lambda(7, new StepId(2, 3));

    assertThat(method.lambda(7, new StepId(2, 3))).isEqualTo(lambda);
    assertThat(method.lambda(8, new StepId(2, 3))).isNotEqualTo(lambda);
    assertThat(method.lambda(7, new StepId(3, 3))).isNotEqualTo(lambda);
    assertThat(method.lambda(7, new StepId(2, 4))).isNotEqualTo(lambda);
  }

  @Test
  void aStepSeesItsLambdaTheEvaluationTheSmallest() {
    Hypernetwork method = method(Hypernetwork.Draw.LIST, Mixing.SOFTMAX);
    RelaxationSchedule schedule = Spaces.compose(method, SPACE).relaxations();
    StepId at = new StepId(5, 2);

    // T = 5.05 in the middle of eleven epochs; b1 is trained in a unit of 5
    SoftmaxRelaxation inner = new SoftmaxRelaxation(3, 5.05);
    assertThat(schedule.training(at))
        .isEqualTo(new LinearHypernetwork(inner, 5 * method.lambda(7, at)));
    assertThat(schedule.evaluation(5)).isEqualTo(new LinearHypernetwork(inner, 5 * 1e-4));
    assertThat(schedule.temperature(5, new float[0])).isEqualTo(5.05);
  }

  /** As the genotype of an epoch is read at its T, so is that of every lambda. */
  @Test
  void lambdasAreReadOffAtTheTemperatureOfTheEpoch() {
    List<Lambda> lambdas =
        Spaces.compose(method(Hypernetwork.Draw.LIST, Mixing.SOFTMAX), SPACE).lambdas();

    assertThat(lambdas).extracting(Lambda::value).isEqualTo(LAMBDAS);
    assertThat(lambdas.get(2).relaxation(5))
        .isEqualTo(new LinearHypernetwork(new SoftmaxRelaxation(3, 5.05), 5 * 1e-2));
    assertThat(lambdas.get(3).relaxation(10))
        .isEqualTo(new LinearHypernetwork(new SoftmaxRelaxation(3, 0.1), 5 * 1e-1));
  }

  /** lambda * 10 * complexity, at the lambda of the step. */
  @Test
  void complexityIsWeighedByTheLambdaOfTheStep() {
    Hypernetwork method = method(Hypernetwork.Draw.LIST, Mixing.SOFTMAX);
    Composition composition = Spaces.compose(method, SPACE);
    AlphaPenalty penalty = composition.objective().penalties().get(0);
    float[] trained = composition.alpha().initial().apply(3);
    double[] shares = SPACE.shares();
    for (int step = 0; step < 9; step++) {
      StepId at = new StepId(5, step);
      Relaxation relaxation = composition.relaxations().training(at);
      float[] mixing = relaxation.mixing(trained);
      double complexity = 0;
      for (int i = 0; i < shares.length; i++) {
        complexity += shares[i] * mixing[i];
      }
      assertThat(penalty.value(trained, relaxation, at))
          .isCloseTo(10 * method.lambda(7, at) * complexity, within(1e-9));
    }
    assertThat(
            Spaces.compose(
                    new Hypernetwork(LAMBDAS, Hypernetwork.Draw.LIST, 0, 5, Mixing.SOFTMAX), SPACE)
                .objective())
        .isEqualTo(AlphaObjective.CROSS_ENTROPY);
  }

  /** Of texts it is that of texts: kernels have one side there. */
  @Test
  void complexityIsThatOfTheExamples() {
    SearchSpace texts =
        new SearchSpace(SPACE.supernet(), 1, SPACE.seed(), 11, SPACE.temperature(), 0);
    Hypernetwork method = method(Hypernetwork.Draw.LIST, Mixing.DIRECT);
    StepId at = new StepId(5, 2);
    double[] values = new double[2];
    for (int dimensions = 1; dimensions <= 2; dimensions++) {
      Composition composition = Spaces.compose(method, dimensions == 1 ? texts : SPACE);
      float[] half = new float[60];
      Arrays.fill(half, 30, 60, 0.5f);
      Relaxation relaxation = composition.relaxations().training(at);
      values[dimensions - 1] =
          composition.objective().penalties().get(0).value(half, relaxation, at)
              / (10 * method.lambda(7, at));
      double halfOfAll = Arrays.stream(SPACE.supernet().shares(dimensions)).sum() / 2;
      assertThat(values[dimensions - 1]).isCloseTo(halfOfAll, within(1e-6));
    }
    assertThat(values[0]).isNotCloseTo(values[1], within(1e-3));
  }

  /** b1 begins at 0, b2 where alpha would. */
  @Test
  void directMixingBeginsAtEqualWeights() {
    Composition composition = Spaces.compose(method(Hypernetwork.Draw.LIST, Mixing.DIRECT), SPACE);
    float[] vector = composition.alpha().initial().apply(3);

    assertThat(vector).hasSize(60);
    for (int i = 0; i < 60; i++) {
      assertThat(vector[i]).isCloseTo(i < 30 ? 0 : 1f / 3, within(6e-3f));
    }
    assertThat(composition.relaxations().evaluation(0))
        .isEqualTo(new LinearHypernetwork(new DirectRelaxation(), 5e-4));
    assertThat(composition.columns()).isEqualTo(3);
  }

  @Test
  void theL1PenaltyGoesWithEitherMixing() {
    SearchSpace space = new SearchSpace(SPACE.supernet(), 7, 11, Spaces.ONE, 1e-3);
    Composition softmax = Spaces.compose(new DartsL1(Mixing.SOFTMAX), space);
    Composition direct = Spaces.compose(new DartsL1(Mixing.DIRECT), space);

    for (Composition composition : List.of(softmax, direct)) {
      assertThat(composition.objective()).isEqualTo(AlphaObjective.with(new L1Penalty(1e-3)));
    }
    assertThat(softmax.relaxations().evaluation(3)).isEqualTo(new SoftmaxRelaxation(3, 1));
    assertThat(direct.relaxations().training(new StepId(3, 1))).isEqualTo(new DirectRelaxation());
    for (float alpha : direct.alpha().initial().apply(3)) {
      assertThat(alpha).isCloseTo(1f / 3, within(6e-3f));
    }
  }
}
