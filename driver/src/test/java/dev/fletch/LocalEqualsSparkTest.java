package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Operation;
import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.BilevelStep;
import dev.fletch.bilevel.SearchState;
import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.IdxFormat;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Computing;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Score;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.run.SupernetReplicas;
import dev.fletch.supernet.ArchitectureParameters;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SoftmaxRelaxation;
import dev.fletch.supernet.SupernetSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search of the real supernet gives the same bits in one process and through Spark. */
class LocalEqualsSparkTest {
  private static final int STEPS = 5;
  private static final int BATCH = 2;
  private static final long SEED = 3;

  /** 30 examples for w: with four replicas the last step of an epoch leaves one empty-handed. */
  private static final DataSettings DATA =
      new DataSettings(new IdxFormat(), "bundled:fashion-mnist", List.of(), List.of(), 60, 32, 0.5);

  private static final SupernetSettings SUPERNET =
      new SupernetSettings(2, 3, 2, 1, Operation.DARTS);
  private static final SupernetReplicas REPLICAS =
      new SupernetReplicas(
          SUPERNET,
          EdgeSettings.PLAIN,
          DATA,
          new AugmentationSettings(2, true, 8),
          SEED,
          BATCH,
          new Computing(1));

  private static SparkCluster cluster;

  @BeforeAll
  static void start() {
    TinyRun.SPARK.forEach(System::setProperty);
    cluster = SparkCluster.open(new ClusterSettings("local-equals-spark", 4, 1), line -> {});
    TinyRun.SPARK.keySet().forEach(System::clearProperty);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest(name = "order {0}, {1} replicas")
  @CsvSource({"1, 1", "1, 2", "1, 4", "2, 1", "2, 2", "2, 4"})
  void stepsGiveTheSameBits(int order, int replicas) {
    Trace local;
    ExampleSource examples = REPLICAS.examples(new Configuration());
    try (GradientSource source =
        new LocalGradientSource(REPLICAS.network(examples), examples, replicas, BATCH, SEED)) {
      local = steps(source, order);
    }
    Trace spark;
    try (GradientSource source = cluster.gradients("search", REPLICAS, replicas, BATCH, SEED)) {
      spark = steps(source, order);
    }

    assertThat(spark.scores).isEqualTo(local.scores);
    assertThat(spark.state.alpha()).isEqualTo(local.state.alpha());
    assertThat(spark.state.alphaOptimizer().state().values())
        .isEqualTo(local.state.alphaOptimizer().state().values());
    TrainingState training = spark.state.training();
    assertThat(training.weights().array()).isEqualTo(local.state.training().weights().array());
    assertThat(training.statistics().array())
        .isEqualTo(local.state.training().statistics().array());
    assertThat(training.optimizer().state().values())
        .isEqualTo(local.state.training().optimizer().state().values());
    assertThat(training.weights().array()).as("it has moved").isNotEqualTo(local.initialWeights);
  }

  /** What some steps lead to, and every score on the way. */
  private record Trace(SearchState state, float[] initialWeights, List<Score> scores) {}

  private static Trace steps(GradientSource source, int order) {
    ArchitectureParameters layout = ArchitectureParameters.of(SUPERNET);
    float[] weights = source.initialWeights(SEED);
    SearchState state =
        new SearchState(
            new TrainingState(
                weights.clone(),
                new SgdSettings(0.9, 3e-4).optimizer(weights.length),
                source.initialStatistics()),
            layout.initial(SEED),
            new AdamSettings(0.5, 0.999, 1e-8, 1e-3).optimizer(layout.count()));
    SoftmaxRelaxation relaxation = new SoftmaxRelaxation(layout.operations(), 2);
    BilevelStep step = new BilevelStep(source, AlphaGradient.ofOrder(order), 5);
    int perEpoch = source.steps(Portion.WEIGHTS, 0);
    List<Score> scores = new ArrayList<>();
    for (int s = 0; s < STEPS; s++) {
      BilevelStep.Result result =
          step.take(
              state,
              relaxation,
              new StepId(s / perEpoch, s % perEpoch),
              new BilevelStep.Rates(0.025, 3e-3));
      scores.add(result.train());
      scores.add(result.validation());
    }
    TrainingState training = state.training();
    scores.add(
        source.evaluate(
            Portion.ALPHA,
            training.weights(),
            relaxation.mixing(state.alpha()),
            training.statistics()));
    return new Trace(state, weights, scores);
  }
}
