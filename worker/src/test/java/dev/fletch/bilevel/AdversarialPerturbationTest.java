package dev.fletch.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SDARTS-ADV on losses whose worst mixing weights are known. */
class AdversarialPerturbationTest {
  private static final StepId AT = new StepId(5, 3);
  private static final float[] MIXING = {0.4f, 0.3f, 0.3f};
  private static final double EPSILON = 0.1;

  private static AdversarialPerturbation attack(int steps) {
    return new AdversarialPerturbation(new PerturbationBox(3, EPSILON, EPSILON, 50, 7), steps);
  }

  private static TrainingState training() {
    return new TrainingState(new float[] {1}, new SgdSettings(0, 0).optimizer(1), new float[] {2});
  }

  private static ToDoubleFunction<double[]> linear(double... slopes) {
    return p -> slopes[0] * p[0] + slopes[1] * p[1] + slopes[2] * p[2];
  }

  @Test
  void endsNearTheCornerOfTheBoxWhereALinearLossIsWorst() {
    MixingLossSource source = new MixingLossSource(linear(1, -2, -1), 3);

    float[] worst = attack(7).perturb(source, training(), MIXING, AT);

    // the corner of the highest loss is 0.4 + 0.1, 0.3 - 0.1, 0.3 - 0.1, of sum 0.9; dividing by
    // the sum after every step works against it
    assertThat(worst)
        .containsExactly(new float[] {0.5f / 0.9f, 0.2f / 0.9f, 0.2f / 0.9f}, within(0.01f));
    assertThat(source.loss(worst)).isGreaterThan(source.loss(MIXING));
  }

  /** What is inside of the box before the last projection, is so after the division by its sum. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void staysInTheBoxUpToTheProjection(int steps) {
    for (int step = 0; step < 20; step++) {
      MixingLossSource source =
          new MixingLossSource(p -> p[0] * p[0] - 3 * p[1] + Math.sin(9 * p[2]), 3);
      float[] found = attack(steps).perturb(source, training(), MIXING, new StepId(5, step));

      float sum = 0;
      for (int k = 0; k < 3; k++) {
        // sums of a corner are between 0.7 and 1.3
        assertThat(found[k]).isBetween((MIXING[k] - 0.1f) / 1.3f, (MIXING[k] + 0.1f) / 0.7f);
        sum += found[k];
      }
      assertThat(sum).isCloseTo(1, within(1e-6f));
      assertThat(source.loss(found)).isGreaterThanOrEqualTo(source.loss(MIXING));
    }
  }

  /** A step too long leaps over the hill: where it lands the loss is lower than at the start. */
  @Test
  void givesUpWhereTheLossFell() {
    MixingLossSource peak =
        new MixingLossSource(
            p -> {
              double loss = 0;
              for (int k = 0; k < 3; k++) {
                loss -= Math.pow(p[k] - MIXING[k], 2);
              }
              return loss;
            },
            3);

    assertThat(attack(1).perturb(peak, training(), MIXING, AT)).isSameAs(MIXING);
    assertThat(MIXING).containsExactly(0.4f, 0.3f, 0.3f);
  }

  @Test
  void asksForTheWeightMinibatchInEvaluationModeStepsPlusOneTimes() {
    MixingLossSource source = new MixingLossSource(linear(1, 0, 0), 3);
    TrainingState training = training();

    attack(7).perturb(source, training, MIXING, AT);

    assertThat(source.requests)
        .hasSize(8)
        .containsOnly(new GradientRequest(Portion.WEIGHTS, AT, Wanted.MIXING));
    assertThat(source.inEvaluation).isEqualTo(8);
    assertThat(source.points).isEqualTo(9);
    assertThat(training.weights().array()).containsExactly(1);
    assertThat(training.statistics().array()).containsExactly(2);
  }

  /** Seven steps of 2 epsilon / 7 cross the box; the gradient of the last point is not used. */
  @Test
  void stepsAlongTheSignOfTheGradient() {
    MixingLossSource source = new MixingLossSource(linear(1e-6, 0, 0), 3);

    float[] found = attack(1).perturb(source, training(), MIXING, AT);

    // one step of 0.2 takes the first weight to its bound from anywhere; the others stay as drawn
    float[] start = new PerturbationBox(3, EPSILON, EPSILON, 50, 7).draw(MIXING, AT);
    double sum = 0.5 + clamped(start[1]) + clamped(start[2]);
    assertThat(found)
        .containsExactly(
            new float[] {
              (float) (0.5 / sum),
              (float) (clamped(start[1]) / sum),
              (float) (clamped(start[2]) / sum)
            },
            within(1e-6f));
  }

  private static double clamped(double value) {
    return Math.max(0.2, Math.min(0.4, value));
  }
}
