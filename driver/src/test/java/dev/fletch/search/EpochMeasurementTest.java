package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.bilevel.SearchState;
import dev.fletch.data.Portion;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Metrics;
import dev.fletch.gradient.Score;
import dev.fletch.method.Method;
import dev.fletch.method.PcDarts;
import dev.fletch.method.TdDarts;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.OperationMask;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured after an epoch. */
class EpochMeasurementTest {
  /** A loss of 5 p^2 for the first operation of every edge; as many hits as non-zero weights. */
  private static final class Quadratic extends NotingSource {
    Quadratic(EdgeSettings edges) {
      super(Toys.SUPERNET, edges);
    }

    @Override
    public List<Gradients> gradients(
        GradientRequest request, List<Floats> weights, float[] mixing) {
      float[] gradient = new float[mixing.length];
      int columns = size.operations().size() + edges.extraColumns();
      for (int i = 0; i < mixing.length; i += columns) {
        gradient[i] = 10 * mixing[i];
      }
      float[] statistics = new float[size().statistics()];
      return List.of(new Gradients(new float[0], gradient, statistics, new Score(1, 0.5, 4)));
    }

    @Override
    public List<Score> evaluate(
        Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
      return mixings.stream().map(m -> new Score(1, nonZero(m) / 100.0, 100)).toList();
    }

    private static int nonZero(float[] mixing) {
      int count = 0;
      for (float weight : mixing) {
        count += weight == 0 ? 0 : 1;
      }
      return count;
    }
  }

  private static Watch measure(Method method, double temperature, int epoch) {
    SearchPlan plan = Toys.plan(method, 4, Toys.ADAM, new StopRule.None(), temperature);
    SearchStage stage =
        SearchStage.open(plan, epoch, OperationMask.ALL, (size, edges) -> new Quadratic(edges));
    SearchState state = stage.begin();
    Arrays.fill(state.alpha(), 0);
    return new EpochMeasurement(plan, stage, state, epoch)
        .measure(SupernetReading.of(plan, stage, state, epoch));
  }

  /** At alpha = 0 the mixing weights, and so the loss as a function of alpha / T, do not know T. */
  @Test
  void theEigenvalueDoesNotGrowBecauseTheTemperatureFalls() {
    double atTen = measure(new TdDarts(), 10, 1).alphaEigenvalue();
    double atOne = measure(new TdDarts(), 1, 1).alphaEigenvalue();
    double atATenth = measure(new TdDarts(), 0.1, 1).alphaEigenvalue();

    assertThat(atOne).isPositive();
    assertThat(atTen / atOne).isCloseTo(1, within(0.02));
    assertThat(atATenth / atOne).isCloseTo(1, within(0.02));
  }

  @Test
  void whileAlphaWaitsNothingOfItIsMeasured() {
    Watch waiting = measure(new PcDarts(2, 2), 1, 1);
    Watch trained = measure(new PcDarts(2, 2), 1, 2);

    assertThat(waiting.alphaEigenvalue()).isNaN();
    assertThat(waiting.isAlphaTrained()).isFalse();
    assertThat(trained.alphaEigenvalue()).isFinite();
    assertThat(trained.isAlphaTrained()).isTrue();
  }

  /** 2 cells of 2 nodes: 5 edges of 3 operations each, of which 4 genes stay. */
  @Test
  void theGapIsBetweenTheWholeSupernetAndItsGenotype() {
    Watch watch = measure(new TdDarts(), 1, 1);

    assertThat(watch.discretisedFigure()).isEqualTo(0.08);
    assertThat(watch.gap(Metrics.ACCURACY, 0.3)).isCloseTo(0.22, within(1e-12));
    assertThat(watch.temperatureGaps())
        .singleElement()
        .satisfies(
            at -> {
              assertThat(at.temperature()).isEqualTo(0.5);
              assertThat(at.gap(Metrics.ACCURACY)).isCloseTo(0.22, within(1e-12));
            });
  }
}
