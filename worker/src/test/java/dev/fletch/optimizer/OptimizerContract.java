package dev.fletch.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.contract.Contract;
import dev.fletch.cuda.NeedsEmulator;
import dev.fletch.cuda.TestCard;
import dev.fletch.engine.CardPlace;
import dev.fletch.engine.Floats;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What every optimizer owes, whatever its steps look like. */
abstract class OptimizerContract implements Contract {
  private static final float[] START = {0.5f, -1.25f, 2.0f, 0};
  private static final float[][] GRADIENTS = {
    {0.1f, -0.2f, 0.3f, 0},
    {0.4f, 0.05f, -0.6f, 0.02f},
    {-0.7f, 0.8f, 0.09f, -0.01f},
    {0.05f, -0.3f, 0.2f, 0.5f},
    {-0.15f, 0.6f, -0.4f, 0.001f}
  };
  private static final double RATE = 0.01;
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  private final DoubleFunction<OptimizerSettings> ofDecay;
  private final OptimizerSettings settings;

  /**
   * @param ofDecay the settings with a weight decay
   */
  OptimizerContract(DoubleFunction<OptimizerSettings> ofDecay) {
    this.ofDecay = ofDecay;
    this.settings = ofDecay.apply(0.01);
  }

  @Override
  public OptimizerSettings subject() {
    return settings;
  }

  /** The last two steps have a lower rate, so that one that lingers in a state would show. */
  private static double rate(int step) {
    return step < 3 ? RATE : 0.4 * RATE;
  }

  private static float[] stepped(Optimizer optimizer, float[] start, int from, int to) {
    float[] parameters = start.clone();
    for (int step = from; step < to; step++) {
      optimizer.step(parameters, GRADIENTS[step], rate(step));
    }
    return parameters;
  }

  @NeedsEmulator
  @Test
  void worksOnACardAsOnTheHost() {
    Optimizer host = settings.optimizer(4);
    float[] parameters = stepped(host, START, 0, 5);
    float[] ahead = host.lookAhead(parameters, GRADIENTS[0], RATE);
    Optimizer begun = settings.optimizer(4);
    float[] half = stepped(begun, START, 0, 2);
    try (CardPlace card = new CardPlace(TestCard.open())) {
      Optimizer moved = begun.at(card.flat());
      Floats there = card.flat().of(half);
      for (int step = 2; step < 5; step++) {
        try (Floats gradient = card.flat().of(GRADIENTS[step])) {
          moved.step(there, gradient, rate(step));
        }
      }
      try (Floats gradient = card.flat().of(GRADIENTS[0]);
          Floats aheadThere = moved.lookAhead(there, gradient, RATE)) {
        assertThat(there.toFloats()).containsExactly(parameters, ROUNDING);
        assertThat(aheadThere.toFloats()).containsExactly(ahead, ROUNDING);
      }
      assertThat(moved.state().values()).containsExactly(host.state().values(), ROUNDING);
      assertThat(moved.state().steps()).isEqualTo(5);
      moved.close();
      there.close();
      assertThat(card.inUse()).isZero();
    }
  }

  @Test
  void goesOnFromASavedStateWithTheSameBits() {
    float[] unbroken = stepped(settings.optimizer(4), START, 0, 5);
    Optimizer first = settings.optimizer(4);
    float[] parameters = stepped(first, START, 0, 2);
    OptimizerState saved = first.state();
    stepped(first, parameters, 2, 3); // the saved state must not follow
    Optimizer second = settings.optimizer(4);
    second.restore(saved);

    assertThat(stepped(second, parameters, 2, 5)).containsExactly(unbroken);
    assertThat(saved.values()).hasSize(4 * settings.statePerParameter());
    assertThat(saved.steps()).isEqualTo(2);
    assertThat(settings.optimizer(4).state().steps()).isZero();
  }

  @Test
  void aRestoredStateIsACopyToo() {
    OptimizerState saved = new OptimizerState(new float[4 * settings.statePerParameter()], 0);
    Optimizer optimizer = settings.optimizer(4);
    optimizer.restore(saved);

    stepped(optimizer, START, 0, 3);

    assertThat(saved.values()).containsOnly(0);
  }

  @Test
  void leavesTheGradientAloneAndAtRateZeroTheParametersToo() {
    float[] gradient = GRADIENTS[0].clone();
    float[] parameters = START.clone();

    settings.optimizer(4).step(parameters, gradient, 0);

    assertThat(gradient).containsExactly(GRADIENTS[0]);
    assertThat(parameters).containsExactly(START);
  }

  @Test
  void withoutGradientAndDecayNothingMoves() {
    float[] parameters = START.clone();

    ofDecay.apply(0).optimizer(4).step(parameters, new float[4], 0.1);

    assertThat(parameters).containsExactly(START);
  }

  @Test
  void decayAlonePullsParametersTowardsZero() {
    float[] parameters = START.clone();

    ofDecay.apply(0.5).optimizer(4).step(parameters, new float[4], 1e-3);

    for (int i = 0; i < 3; i++) {
      assertThat(Math.abs(parameters[i])).isLessThan(Math.abs(START[i]));
      assertThat(parameters[i] * START[i]).isPositive();
    }
    assertThat(parameters[3]).isZero();
  }

  @Test
  void theFirstStepGoesAgainstTheGradient() {
    float[] parameters = START.clone();

    ofDecay.apply(0).optimizer(4).step(parameters, GRADIENTS[0], RATE);

    for (int i = 0; i < 4; i++) {
      assertThat(Math.signum(parameters[i] - START[i]))
          .isEqualTo(0f - Math.signum(GRADIENTS[0][i]));
    }
  }

  @Test
  void lookingAheadChangesNothing() {
    Optimizer optimizer = settings.optimizer(4);
    float[] parameters = stepped(optimizer, START, 0, 1);
    float[] before = parameters.clone();
    float[] gradient = GRADIENTS[1].clone();
    OptimizerState state = optimizer.state();

    float[] ahead = optimizer.lookAhead(parameters, gradient, RATE);

    assertThat(ahead).hasSize(4).isNotEqualTo(before);
    assertThat(parameters).containsExactly(before);
    assertThat(gradient).containsExactly(GRADIENTS[1]);
    assertThat(optimizer.state().values()).containsExactly(state.values());
    assertThat(optimizer.state().steps()).isEqualTo(state.steps());
  }

  /** So neither threads nor vector registers, which divide a vector, can change a run. */
  @Test
  void aParametersBitsDoNotDependOnItsPlaceInTheVector() {
    Random random = new Random(5);
    float[][] vectors = new float[4][1003]; // parameters and three gradients
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    float[] whole = part(vectors, 0, 1003);

    for (int from = 0; from < 1003; from += 59) {
      assertThat(part(vectors, from, from + 59))
          .containsExactly(Arrays.copyOfRange(whole, from, from + 59));
    }
  }

  private float[] part(float[][] vectors, int from, int to) {
    float[] parameters = Arrays.copyOfRange(vectors[0], from, to);
    Optimizer optimizer = settings.optimizer(to - from);
    for (int step = 1; step < vectors.length; step++) {
      optimizer.step(parameters, Arrays.copyOfRange(vectors[step], from, to), RATE);
    }
    return parameters;
  }

  /** A random search has no alpha. */
  @Test
  void aVectorOfNoParametersIsStepped() {
    Optimizer optimizer = settings.optimizer(0);

    optimizer.step(new float[0], new float[0], RATE);

    assertThat(optimizer.lookAhead(new float[0], new float[0], RATE)).isEmpty();
    assertThat(optimizer.state().values()).isEmpty();
    assertThat(optimizer.state().steps()).isEqualTo(1);
  }

  @Test
  void vectorsOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> settings.optimizer(4).step(START.clone(), new float[3], RATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(parameters, gradient): 4 values meet 3");
    assertThatThrownBy(() -> settings.optimizer(4).step(new float[5], new float[5], RATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(state, parameters): 4 values meet 5");
    assertThatThrownBy(() -> settings.optimizer(4).lookAhead(START.clone(), new float[3], RATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(parameters, gradient): 4 values meet 3");
  }

  @Test
  void theStateOfAnotherNumberOfParametersIsRefused() {
    int length = 4 * settings.statePerParameter();
    OptimizerState other = new OptimizerState(new float[length + 1], 7);

    assertThatThrownBy(() -> settings.optimizer(4).restore(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Cannot restore \\w+: its state has %d values, got %d; the checkpoint belongs to another configuration"
                .formatted(length, length + 1));
  }

  @Test
  void aNegativeDecayIsRefused() {
    assertThatThrownBy(() -> ofDecay.apply(-0.1)).hasMessage("weight-decay must be >= 0, got -0.1");
  }
}
