package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import dev.fletch.replica.LocalGradientSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkGradientSourceTest {
  private static final int STEPS = 5;

  /** Shared with the tasks, which run in this process. */
  private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final AtomicInteger BUILT = new AtomicInteger();

  private static SparkCluster cluster;

  @BeforeAll
  static void start() {
    cluster = LocalSpark.open();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void reset() {
    FAILURES_LEFT.set(0);
    OPENED.set(0);
    BUILT.set(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 9})
  void givesTheBitsOfTheLocalSource(int replicas) {
    // 37 examples in batches of 3: the last step leaves some replicas short, and others
    // empty-handed.
    try (GradientSource spark = spark(replicas)) {
      assertSameBits(ToyTraining.run(spark, STEPS), local(replicas));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void failedTaskIsTriedAgainWithTheSameBits(int replicas) {
    try (GradientSource spark = spark(replicas)) {
      FAILURES_LEFT.set(2);

      assertSameBits(ToyTraining.run(spark, STEPS), local(replicas));
    }
    assertThat(FAILURES_LEFT).hasValueLessThanOrEqualTo(0);
  }

  @Test
  void knowsSizesWithoutANetworkOnTheDriver() {
    try (GradientSource spark = spark(2)) {
      assertThat(spark.size().weights()).isEqualTo(36);
      assertThat(spark.size().mixing()).isEqualTo(2);
      assertThat(spark.size().statistics()).isEqualTo(12);
      assertThat(spark.examples(Portion.ALPHA)).isEqualTo(29);
      assertThat(spark.steps(Portion.WEIGHTS)).isEqualTo(7);
      assertThat(spark.initialWeights(3))
          .isEqualTo(new ToyNetwork(new ToyExamples()).initialWeights(3));
    }
  }

  @Test
  void replicasStayAndDataIsOpenedOnce() {
    try (GradientSource spark = spark(4)) {
      ToyTraining.run(spark, STEPS);

      assertThat(BUILT).hasValue(4);
      assertThat(OPENED).hasValue(1);
    }
  }

  @Test
  void freesReplicasAndBroadcasts() {
    SparkGradientSource source = (SparkGradientSource) spark(5);
    ToyTraining.run(source, 2);
    assertThat(ReplicaHome.residents(source.id())).isEqualTo(5);
    assertThat(SparkState.leftBroadcastsOf(cluster, Point.class)).isEmpty();
    assertThat(SparkState.broadcastsOf(cluster, ReplicaBlueprint.class)).hasSize(1);

    source.close();
    source.close();

    assertThat(ReplicaHome.residents(source.id())).isZero();
    assertThat(SparkState.leftBroadcastsOf(cluster, ReplicaBlueprint.class)).isEmpty();
    assertThat(SparkState.leftShuffleBlocks(cluster)).isEmpty();
  }

  @Test
  void twoSourcesOfOneNameDoNotShareReplicas() {
    try (GradientSource one = spark(2);
        GradientSource other = spark(2)) {
      ToyTraining.run(one, 1);
      ToyTraining.run(other, 1);

      assertThat(BUILT).hasValue(4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void divergenceIsReportedAtOnce(int replicas) {
    try (GradientSource spark = spark(replicas)) {
      float[] weights = new float[36];
      Arrays.fill(weights, Float.NaN);
      GradientRequest request =
          new GradientRequest(Portion.WEIGHTS, new StepId(1, 2), Wanted.WEIGHTS);

      assertThatThrownBy(() -> spark.gradients(request, List.of(weights), new float[] {0.5f, 0.5f}))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "Training diverged at epoch 1, step 2, replica 0: loss is NaN; lower the learning"
                  + " rate or the gradient clip");
      assertThat(BUILT).as("nothing was rebuilt to try again").hasValueLessThanOrEqualTo(replicas);
    }
  }

  @Test
  void whatCannotBeBuiltIsSaidInOneLine() {
    assertThatThrownBy(() -> cluster.gradients("search", new Broken(), 2, 3, 0))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Spark job failed (search, describe the network): Cannot read data/train: truncated");
    assertThat(SparkState.leftBroadcastsOf(cluster, ReplicaBlueprint.class)).isEmpty();
  }

  @Test
  void jobsAreNamed() {
    JobNames names = JobNames.listen(cluster);
    try (GradientSource spark = spark(2)) {
      ToyTraining.run(spark, 1);
    }

    assertThat(names.after(cluster))
        .contains(
            "search: epoch 0 step 0: alpha",
            "search: epoch 0 step 0: w and alpha",
            "search: evaluate ALPHA",
            "search: free replicas");
  }

  private static GradientSource spark(int replicas) {
    return cluster.gradients("search", new Toy(), replicas, LocalSpark.BATCH, LocalSpark.SEED);
  }

  private static ToyTraining local(int replicas) {
    ExampleSource examples = new ToyExamples();
    try (GradientSource source =
        new LocalGradientSource(
            new ToyNetwork(examples), examples, replicas, LocalSpark.BATCH, LocalSpark.SEED)) {
      return ToyTraining.run(source, STEPS);
    }
  }

  private static void assertSameBits(ToyTraining actual, ToyTraining expected) {
    assertThat(actual.weights()).isEqualTo(expected.weights());
    assertThat(actual.mixing()).isEqualTo(expected.mixing());
    assertThat(actual.statistics()).isEqualTo(expected.statistics());
    assertThat(actual.score()).isEqualTo(expected.score());
  }

  /** Counts what it builds; its networks' data fails {@link #FAILURES_LEFT} times. */
  private record Toy() implements ReplicaFactory {
    @Override
    public ExampleSource examples(Configuration hadoop) {
      OPENED.incrementAndGet();
      return new ToyExamples();
    }

    @Override
    public TrainableNetwork network(ExampleSource examples) {
      BUILT.incrementAndGet();
      return new FailingNetwork(new ToyNetwork(examples), FAILURES_LEFT);
    }
  }

  /** Data that is not there. */
  private record Broken() implements ReplicaFactory {
    @Override
    public ExampleSource examples(Configuration hadoop) throws IOException {
      throw new IllegalArgumentException("Cannot read data/train: truncated");
    }

    @Override
    public TrainableNetwork network(ExampleSource examples) {
      return new ToyNetwork(examples);
    }
  }
}
