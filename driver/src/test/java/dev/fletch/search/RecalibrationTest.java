package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.bilevel.SearchState;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import dev.fletch.method.Darts;
import dev.fletch.nn.Wanted;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.OperationMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mixing weights are evaluated with batch statistics measured under them. */
class RecalibrationTest {
  private static final int EPOCH = 2;

  private final Measuring source = new Measuring();
  private final SearchPlan plan = Toys.plan(new Darts(), 4);
  private SearchStage stage;
  private SearchState state;
  private Recalibration recalibration;

  /** In step s every statistic is s + the sum of the mixing weights; the first is not measured. */
  private static final class Measuring extends NotingSource {
    final List<float[]> evaluatedWith = new ArrayList<>();
    final List<Wanted> wanted = new ArrayList<>();

    Measuring() {
      super(Toys.SUPERNET, EdgeSettings.PLAIN);
    }

    @Override
    public List<Gradients> gradients(
        GradientRequest request, List<Floats> weights, float[] mixing) {
      assertThat(request.portion()).isEqualTo(Portion.WEIGHTS);
      assertThat(request.at()).isEqualTo(new StepId(EPOCH, wanted.size()));
      wanted.add(request.wanted());
      float[] statistics = new float[size().statistics()];
      float sum = 0;
      for (float weight : mixing) {
        sum += weight;
      }
      Arrays.fill(statistics, request.at().step() + sum);
      statistics[0] = Float.NaN;
      return List.of(new Gradients(new float[0], new float[0], statistics, new Score(1, 0.5, 4)));
    }

    @Override
    public List<Score> evaluate(
        Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
      assertThat(portion).isEqualTo(Portion.ALPHA);
      assertThat(chunks).isEqualTo(Integer.MAX_VALUE);
      evaluatedWith.add(statistics.toFloats());
      return List.of(new Score(1, 0.75, 21));
    }
  }

  @BeforeEach
  void begin() {
    stage = SearchStage.open(plan, EPOCH, OperationMask.ALL, (size, edges) -> source);
    state = stage.begin();
    recalibration = new Recalibration(stage, state, EPOCH);
  }

  @Test
  void statisticsAreTheMeanOverTheFirstStepsUnderTheGivenMixingWeights() {
    float[] mixing = new float[source.size().mixing()];
    mixing[3] = 1;
    mixing[4] = 2;

    assertThat(recalibration.score(mixing).correctShare()).isEqualTo(0.75);

    int steps = Math.min(8, source.steps(Portion.WEIGHTS, 0));
    assertThat(source.wanted).hasSize(steps).containsOnly(Wanted.STATISTICS);
    float[] used = source.evaluatedWith.get(0);
    // 3 from the mixing weights, and the mean of 0, 1, ... steps - 1
    assertThat(used[1]).isEqualTo(3 + (steps - 1) / 2f);
    assertThat(used[used.length - 1]).isEqualTo(used[1]);
  }

  /** In a method that draws mixing weights, running statistics belong to what was drawn. */
  @Test
  void theValidationOfAnEpochIsSuchAnEvaluation() {
    SupernetReading reading = SupernetReading.of(plan, stage, state, EPOCH);

    assertThat(reading.validation().correctShare()).isEqualTo(0.75);
    int steps = Math.min(8, source.steps(Portion.WEIGHTS, 0));
    float sum = 0;
    for (float weight : reading.mixing()) {
      sum += weight;
    }
    assertThat(source.evaluatedWith).hasSize(1);
    assertThat(source.evaluatedWith.get(0)[1]).isCloseTo(sum + (steps - 1) / 2f, within(1e-5f));
  }

  @Test
  void whatWasNotMeasuredKeepsItsRunningValueAndTheSearchItsStatistics() {
    float[] before = state.training().statistics().array().clone();

    recalibration.score(new float[source.size().mixing()]);

    assertThat(source.evaluatedWith.get(0)[0]).isEqualTo(before[0]);
    assertThat(state.training().statistics().array()).isEqualTo(before);
  }
}
