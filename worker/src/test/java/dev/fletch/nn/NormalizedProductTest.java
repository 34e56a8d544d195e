package dev.fletch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.engine.NaivePlans;
import dev.fletch.engine.Plan;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.nn.operation.Convolutions;
import dev.fletch.nn.operation.Convolutions.Round;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The closed form against {@link PlainNorm}. */
class NormalizedProductTest {
  private static final int INPUTS = 6;
  private static final int ROWS = 4;
  private static final int BATCH = 4;
  private static final int SIDE = 16;
  private static final int COLUMNS = BATCH * SIDE * SIDE;

  /** An input, a 1x1 convolution with affine batch norm, and a loss. */
  private static final class Chain implements AutoCloseable {
    private final GivenInput input;
    private final WeightedSum sum;
    private final Plan plan;

    Chain(PlanBuilder builder, double mean, double spread) {
      Blocks blocks = new Blocks(builder, true);
      Slot slot = builder.slot(INPUTS, BATCH, SIDE, SIDE);
      Slot output = builder.slot(ROWS, BATCH, SIDE, SIDE);
      this.input = GivenInput.of(builder, slot, mean, spread);
      blocks.pointwiseNorm("conv", "norm", blocks.gather(slot, 1, 0, false), output);
      this.sum = WeightedSum.of(builder, output);
      this.plan = builder.build();
      Random random = new Random(18);
      Arrays.setAll(plan.pass().weights().array(), i -> (float) random.nextGaussian());
      Arrays.fill(plan.pass().weights().array(), (INPUTS + 1) * ROWS, (INPUTS + 2) * ROWS, 0);
      plan.forward(true);
      plan.backward(true);
    }

    PlainNorm plain() {
      double[] weights = plan.pass().weights().array();
      return new PlainNorm(
          rows(input.values(), INPUTS),
          rows(Arrays.copyOf(weights, ROWS * INPUTS), ROWS),
          Arrays.copyOfRange(weights, ROWS * INPUTS, ROWS * (INPUTS + 1)));
    }

    @Override
    public void close() {
      plan.close();
    }
  }

  private static double[][] rows(double[] flat, int count) {
    int columns = flat.length / count;
    double[][] rows = new double[count][];
    Arrays.setAll(rows, r -> Arrays.copyOfRange(flat, r * columns, (r + 1) * columns));
    return rows;
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] outputs(PlainNorm plain) {
    double[] outputs = new double[ROWS * COLUMNS];
    Arrays.setAll(outputs, i -> plain.output(i / COLUMNS, i % COLUMNS));
    return outputs;
  }

  private static double largestDifference(double[] x, double[] y) {
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    return largest;
  }

  @Test
  void equalsThePlainFormulaAndItsGradient() {
    try (Chain chain = new Chain(NaivePlans.builder(0), 0.7, 2)) {
      PlainNorm plain = chain.plain();
      double[][] g = rows(chain.sum.factors(), ROWS);
      double[] weightGradient = chain.plan.pass().weightGradient().array();

      assertThat(largestDifference(chain.sum.values(), outputs(plain))).isLessThan(1e-12);
      assertThat(
              largestDifference(
                  Arrays.copyOf(weightGradient, ROWS * INPUTS), flat(plain.weightGradient(g))))
          .isLessThan(1e-10);
      assertThat(
              largestDifference(
                  Arrays.copyOfRange(weightGradient, ROWS * INPUTS, ROWS * (INPUTS + 1)),
                  plain.gammaGradient(g)))
          .isLessThan(1e-10);
      assertThat(largestDifference(chain.input.gradient(), flat(plain.inputGradient(g))))
          .isLessThan(1e-12);
    }
  }

  /**
   * Were the square of the mean taken off the mean of the squares in float, the variance, 0.01
   * beside 1e8, would be noise. What is left is the float rounding of the mean that is taken off:
   * half a unit in the last place of 1e4 is 5e-4, and sums cost a little more; together below a
   * thirtieth of the spread, which counts with its square in the variance.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theVarianceSurvivesALargeMean(boolean nd4jKernels) {
    try (Chain chain = new Chain(floats(nd4jKernels), 1e4, 0.1)) {
      PlainNorm plain = chain.plain();
      double[] statistics = chain.plan.pass().batchStatistics().array();
      for (int c = 0; c < ROWS; c++) {
        assertThat(statistics[c]).isCloseTo(plain.mean(c), within(0.003 * INPUTS));
        double variance = plain.unbiasedVariance(c);
        assertThat(statistics[ROWS + c]).isCloseTo(variance, within(0.001 * variance));
      }
      double[][] g = rows(chain.sum.factors(), ROWS);
      double[] gradient = flat(plain.inputGradient(g));
      assertThat(largestDifference(chain.sum.values(), outputs(plain))).isLessThan(0.03);
      assertThat(largestDifference(chain.input.gradient(), gradient)).isLessThan(0.01);
      assertThat(largestDifference(gradient, new double[gradient.length])).isGreaterThan(10);
    }
  }

  /** The same for the batch norm that follows a pool. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theVarianceOfAPoolSurvivesALargeMean(boolean nd4jKernels) {
    try (Plan exact = pooled(NaivePlans.builder(0));
        Plan plan = pooled(floats(nd4jKernels))) {
      double[] expected = exact.pass().batchStatistics().array();
      double[] actual = plan.pass().batchStatistics().array();
      for (int c = 0; c < INPUTS; c++) {
        assertThat(actual[c]).isCloseTo(expected[c], within(0.003));
        double variance = expected[INPUTS + c];
        assertThat(actual[INPUTS + c]).isCloseTo(variance, within(0.003 * variance));
      }
    }
  }

  private static Plan pooled(PlanBuilder builder) {
    Slot slot = builder.slot(INPUTS, BATCH, SIDE, SIDE);
    GivenInput.of(builder, slot, 1e4, 0.1);
    new Blocks(builder, false).pool(true, slot, 1);
    Plan plan = builder.build();
    plan.forward(true);
    return plan;
  }

  private static PlanBuilder floats(boolean nd4jKernels) {
    String property = "fletch.engine.nd4j-kernels";
    System.setProperty(property, Boolean.toString(nd4jKernels));
    try {
      return new PlanBuilder(DataType.FLOAT, 1, 0);
    } finally {
      System.clearProperty(property);
    }
  }

  /** So the recorded means and unbiased variances are exactly those that training used. */
  @Test
  void evaluationWithTheStatisticsOfTheBatchGivesWhatTrainingGave() {
    PlanBuilder builder = NaivePlans.builder(0);
    Blocks blocks = new Blocks(builder, false);
    Slot images = builder.slot(3, BATCH, 5, 7);
    Slot stem = blocks.stem(images, 4);
    Slot convolved = blocks.convNorms(stem, List.of(new Blocks.Reader("conv", 4))).get(0);
    Slot separated =
        new Convolutions(List.of(new Round(3, 1, 1), new Round(3, 1, 1)))
            .layOut(blocks, "separable", convolved);
    WeightedSum sum = WeightedSum.of(builder, blocks.pool(false, separated, 1));
    try (Plan plan = builder.build()) {
      images.value().write(new Random(19).doubles(3L * BATCH * 35, -1, 1).toArray());
      Random random = new Random(20);
      Arrays.setAll(plan.pass().weights().array(), i -> random.nextGaussian());
      plan.forward(true);
      double[] trained = sum.values().clone();
      int columns = BATCH * 35;
      double[] statistics = plan.pass().batchStatistics().array().clone();
      for (StatisticsSlot slot : plan.statisticsSlots()) {
        for (int i = slot.variances(); i < slot.variances() + slot.channels(); i++) {
          statistics[i] *= (columns - 1.0) / columns;
        }
      }
      System.arraycopy(
          statistics, 0, plan.pass().runningStatistics().array(), 0, statistics.length);
      plan.forward(false);
      assertThat(largestDifference(sum.values(), trained)).isLessThan(1e-11);
    }
  }
}
