package dev.fletch.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.nn.MixingFunction;
import dev.fletch.nn.WeightRange;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.Carried;
import dev.fletch.optimizer.EpochStart;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a search of recurrent networks does besides, on a problem that is known in closed form. */
class RecurrentStepTest {
  private static final StepId AT = new StepId(3, 7);
  private static final double ETA = 0.1;
  private static final double DECAY = 0.01;
  private static final StepProcedure.Rates RATES = new StepProcedure.Rates(ETA, 0.05);
  private static final UnrolledSettings CLIPPED =
      new UnrolledSettings(true, UnrolledSettings.Embedding.STEPPED);

  private static final MixingFunction ITSELF =
      new MixingFunction() {
        @Override
        public float[] mixing(float[] alpha) {
          return alpha.clone();
        }

        @Override
        public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
          return mixingGradient;
        }
      };

  private final QuadraticSource source = new QuadraticSource();

  @Test
  void aFirstOrderStepRemembersItsTwoForwards() {
    source.remembers = true;
    SearchState state = state();
    StepProcedure step = new BilevelStep(source, AlphaGradient.ofOrder(1), 0);

    step.take(state, ITSELF, AT, RATES);
    assertCarried(state, 1, 10);
    assertThat(asked()).containsExactly("ALPHA 0", "WEIGHTS 0");
    step.take(state, ITSELF, AT.next(), RATES);
    assertCarried(state, 2, 20);
    assertThat(asked().subList(2, 4)).containsExactly("ALPHA 10", "WEIGHTS 1");
  }

  /** Three passes go on from what was remembered of w's stream, and leave it to the w step. */
  @Test
  void anUnrolledStepRemembersTheForwardAtTheUnrolledWeightsAndThatOfTheWeightStep() {
    source.remembers = true;
    SearchState state = state();
    StepProcedure step = new BilevelStep(source, AlphaGradient.ofOrder(2), 0);

    step.take(state, ITSELF, AT, RATES);
    step.take(state, ITSELF, AT.next(), RATES);

    assertCarried(state, 2, 20);
    assertThat(asked())
        .containsExactly(
            "WEIGHTS 0",
            "ALPHA 0",
            "WEIGHTS 0",
            "WEIGHTS 0",
            "WEIGHTS 1",
            "ALPHA 10",
            "WEIGHTS 1",
            "WEIGHTS 1");
  }

  @Test
  void stepsWithoutAlphasPortionRememberTheOtherAlone() {
    source.remembers = true;
    SearchState state = state();
    StepProcedure single = new SingleLevelStep(source, AlphaObjective.CROSS_ENTROPY, 0);
    StepProcedure weightsOnly = new WeightsOnlyStep(source, 0);
    StepProcedure warmUp = new WarmUpStep(weightsOnly, single, 3);

    single.take(state, ITSELF, AT, RATES);
    assertCarried(state, 1, 0);
    weightsOnly.take(state, ITSELF, AT, RATES);
    assertCarried(state, 2, 0);
    warmUp.take(state, ITSELF, new StepId(2, 0), RATES);
    assertCarried(state, 3, 0);
  }

  /** An adversary and the Hessian look, and are forgotten. */
  @Test
  void whatOnlyLooksChangesNothingRemembered() {
    source.remembers = true;
    SearchState state = state();
    state.training().carried().follow(Portion.WEIGHTS, new float[] {5});

    PerturbationBox box = new PerturbationBox(3, 0.1, 0.1, 10, 4);
    float[] unused =
        new AdversarialPerturbation(box, 1)
            .perturb(source, state.training(), new float[] {0.2f, 0.3f, 0.5f}, AT);

    assertCarried(state, 5, 0);
    assertThat(asked()).containsOnly("WEIGHTS 5");
  }

  @Test
  void anEpochMayBeginWithNothing() {
    Carried carried = new Carried(new float[] {1}, new float[] {2});
    carried.beginEpoch(EpochStart.CARRIED);
    assertThat(carried.of(Portion.FIT)).containsExactly(1);
    carried.beginEpoch(EpochStart.ZEROS);
    assertThat(carried.of(Portion.WEIGHTS)).containsExactly(0);
    assertThat(carried.of(Portion.ALPHA)).containsExactly(0);
  }

  @Test
  void aLongerWindowHasALargerStepOfWeights() {
    source.rateFactor = 1.5;
    SearchState state = state();
    float[] w = state.training().weights().toFloats();
    double[] g = gradient(w, state.alpha(), 0);

    new WeightsOnlyStep(source, 0).take(state, ITSELF, AT, RATES);
    assertMoved(state, w, g);

    SearchState other = state();
    new SingleLevelStep(source, AlphaObjective.CROSS_ENTROPY, 0).take(other, ITSELF, AT, RATES);
    assertMoved(other, w, g);
  }

  private static void assertMoved(SearchState state, float[] w, double[] g) {
    for (int i = 0; i < 2; i++) {
      assertThat((double) state.training().weightsOnHost()[i])
          .isEqualTo(w[i] - 1.5 * ETA * (g[i] + DECAY * w[i]), Offset.offset(1e-6));
    }
  }

  /** |g| is 1.002 and |v| 1.28. */
  @Test
  void theUnrolledStepIsClippedWithAShortLimit() {
    assertUnrolled(0.25, 1, CLIPPED);
  }

  /** Neither gradient is clipped, and c is 3.99, as the published code leaves it. */
  @Test
  void theCoefficientOfTheImplicitTermIsNotCapped() {
    assertUnrolled(4, 1, CLIPPED);
  }

  @Test
  void theUnrolledStepTakesTheRateOfItsWindow() {
    assertUnrolled(0.25, 0.5, CLIPPED);
    assertUnrolled(0, 0.5, UnrolledSettings.PLAIN);
  }

  @Test
  void theEmbeddingMayKeepItsValues() {
    source.tied = new WeightRange(0, 1);
    assertUnrolled(0.25, 1, new UnrolledSettings(true, UnrolledSettings.Embedding.KEPT));
    assertThat(source.points.get(1)[0]).as("w' at the embedding").isEqualTo(1.5f);
  }

  /** By default nothing is clipped, whatever the search does with w. */
  @Test
  void byDefaultTheClipOfTheSearchIsForItsWeightStepAlone() {
    assertUnrolled(0.25, 1, UnrolledSettings.PLAIN);
  }

  /** The gradient of alpha by the formulas of the recurrent code, in double. */
  private void assertUnrolled(double clip, double factor, UnrolledSettings settings) {
    source.points.clear();
    source.rateFactor = factor;
    source.remembers = true;
    SearchState state = state();
    state.training().carried().follow(Portion.WEIGHTS, new float[] {0.4f});
    state.training().carried().follow(Portion.ALPHA, new float[] {0.3f});
    float[] w = state.training().weights().toFloats();

    float[] actual =
        AlphaGradient.ofOrder(2, settings, clip).take(source, state, ITSELF, AT, ETA).alpha();

    double eta = ETA * factor;
    double[] g = gradient(w, state.alpha(), 0.4);
    double c = settings.clip() ? clip / (Math.hypot(g[0], g[1]) + 1e-6) : 1;
    double[] v = new double[2];
    for (int i = 0; i < 2; i++) {
      boolean kept = settings.embedding() == UnrolledSettings.Embedding.KEPT && i == 0;
      double ahead = kept ? w[i] : w[i] - eta * (Math.min(1, c) * g[i] + DECAY * w[i]);
      assertThat((double) source.points.get(1)[i]).isEqualTo(ahead, Offset.offset(1e-6));
      v[i] = ahead - QuadraticSource.C[i] + (i == 1 ? 0.3 : 0);
    }
    double norm = Math.hypot(v[0], v[1]);
    double shortened = settings.clip() ? Math.min(1, clip / (norm + 1e-6)) : 1;
    for (int k = 0; k < 3; k++) {
      double implicit =
          shortened * (QuadraticSource.B[0][k] * v[0] + QuadraticSource.B[1][k] * v[1]);
      assertThat((double) actual[k])
          .isEqualTo(QuadraticSource.D[k] - eta * c * implicit, Offset.offset(2e-5));
    }
    float[] plus = source.points.get(2);
    assertThat(Math.hypot(plus[0] - w[0], plus[1] - w[1]))
        .as("R |v|, whether v was clipped or not")
        .isEqualTo(0.01, Offset.offset(1e-6));
  }

  /** Of w's minibatch. */
  private static double[] gradient(float[] w, float[] p, double remembered) {
    double[] g = new double[2];
    for (int i = 0; i < 2; i++) {
      double[] b = QuadraticSource.B[i];
      g[i] = QuadraticSource.H * w[i] + b[0] * p[0] + b[1] * p[1] + b[2] * p[2];
    }
    g[0] += remembered;
    return g;
  }

  private List<String> asked() {
    return source.requests.stream()
        .map(request -> request.portion() + " " + remembered(request))
        .toList();
  }

  private static int remembered(GradientRequest request) {
    return (int) request.carried()[0];
  }

  private static void assertCarried(SearchState state, float ofWeights, float ofAlpha) {
    Carried carried = state.training().carried();
    assertThat(carried.of(Portion.WEIGHTS)).containsExactly(ofWeights);
    assertThat(carried.of(Portion.ALPHA)).containsExactly(ofAlpha);
  }

  private SearchState state() {
    return new SearchState(
        new TrainingState(
            new float[] {1.5f, -0.5f},
            new SgdSettings(0, DECAY).optimizer(2),
            new float[] {2},
            Carried.nothing(source.size().carried())),
        new float[] {0.1f, 0.3f, -0.2f},
        new AdamSettings(0.9, 0.999, 1e-8, 1e-3).optimizer(3));
  }
}
