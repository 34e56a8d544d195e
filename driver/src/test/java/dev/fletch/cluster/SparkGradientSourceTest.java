package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
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
  private static final ToyReplicas TOYS = new ToyReplicas(37);

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
  @ValueSource(ints = {2, 5})
  void failedTaskIsTriedAgainWithTheSameBits(int replicas) {
    try (GradientSource spark = spark(replicas)) {
      FAILURES_LEFT.set(2);

      ToyTraining.run(spark, STEPS).assertSameBitsAs(local(replicas));
    }
    assertThat(FAILURES_LEFT).hasValueLessThanOrEqualTo(0);
  }

  @Test
  void knowsSizesWithoutANetworkOnTheDriver() {
    try (GradientSource spark = spark(2)) {
      spark.size();
      spark.steps(Portion.WEIGHTS, 0);
      spark.examples(Portion.ALPHA);

      assertThat(BUILT).as("the replica that was asked").hasValue(1);
    }
  }

  @Test
  void replicasStayAndOpenTheirDataOnce() {
    try (GradientSource spark = spark(4)) {
      ToyTraining.run(spark, STEPS);

      assertThat(BUILT).hasValue(4);
      assertThat(OPENED).as("once for each replica, in all steps").hasValue(4);
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

  @Test
  void divergenceIsReportedAtOnce() {
    try (GradientSource spark = spark(5)) {
      Floats weights = Floats.of(new float[12]);
      Arrays.fill(weights.array(), Float.NaN);
      GradientRequest request =
          new GradientRequest(Portion.WEIGHTS, new StepId(1, 2), Wanted.WEIGHTS);

      assertThatThrownBy(() -> spark.gradients(request, List.of(weights), new float[] {0.5f, 0.5f}))
          .isInstanceOf(DivergedException.class);
      assertThat(BUILT).as("nothing was rebuilt to try again").hasValueLessThanOrEqualTo(5);
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
    try (GradientSource source = TOYS.local(replicas, LocalSpark.BATCH)) {
      return ToyTraining.run(source, STEPS);
    }
  }

  /** Counts what it builds; its networks' data fails {@link #FAILURES_LEFT} times. */
  private record Toy() implements ReplicaFactory {
    @Override
    public ExampleSource examples(Configuration hadoop) {
      OPENED.incrementAndGet();
      return TOYS.examples(hadoop);
    }

    @Override
    public TrainableNetwork network(ExampleSource examples) {
      BUILT.incrementAndGet();
      return new FailingNetwork(TOYS.network(examples), FAILURES_LEFT);
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
      return TOYS.network(examples);
    }
  }
}
