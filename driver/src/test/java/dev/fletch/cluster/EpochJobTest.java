package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.cluster.peers.PeerPorts;
import dev.fletch.cluster.peers.PeerSecret;
import dev.fletch.data.ExampleSource;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.StateVectors;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.replica.ExchangeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Epochs whose tasks do not even come to their first step; those of each test end in seconds. */
@Timeout(60)
class EpochJobTest {
  private static final ToyReplicas TOYS = new ToyReplicas(37);
  private static final ToyEpoch EPOCH = new ToyEpoch(0, 3);
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Shared with the tasks, which run in this process. */
  private static final AtomicInteger BUILT = new AtomicInteger();

  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private static final CountDownLatch HELD = new CountDownLatch(1);
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private static SparkCluster cluster;

  @BeforeAll
  static void start() {
    cluster = LocalSpark.open();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aTaskThatCannotListenSaysSo() throws Exception {
    int port = freePort();
    try (SparkGradientSource source = source()) {
      source.build();

      assertThatThrownBy(() -> epoch(source, new PeerPorts(port, 1), LONG, line -> {}))
          .isInstanceOf(LostEpochException.class)
          .hasMessageStartingWith(
              "cannot listen on 127.0.0.1, ports %d to %d: ".formatted(port, port));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The first task calls the second, or waits for its call. */
  @ParameterizedTest(name = "task {0}")
  @ValueSource(ints = {0, 1})
  void aTaskWithoutANetworkDoesNotKeepTheOthersWaiting(int failing) {
    JobNames names = JobNames.listen(cluster);
    BUILT.set(0);
    FAILED.set(false);
    ExchangeSettings patient =
        new ExchangeSettings(ExchangeSettings.Where.EXECUTORS, LONG.toSeconds());
    try (ExecutorsGradientSource source =
        (ExecutorsGradientSource)
            cluster.gradients(
                "search", new FailsAgain(failing), 2, LocalSpark.BATCH, LocalSpark.SEED, patient)) {
      StateVectors start = ToyEpoch.start(source);
      String first = source.carryOut(EPOCH, start, step -> {}).state().checksum();
      ReplicaHome.free(source.id());

      String second = source.carryOut(EPOCH, start, step -> {}).state().checksum();

      assertThat(second).isEqualTo(first);
      assertThat(BUILT).hasValueGreaterThan(3);
    }
    assertThat(names.after(cluster))
        .filteredOn("search: an epoch on 2 tasks"::equals)
        .as("the first, the second, and it once more")
        .hasSize(3);
  }

  /** Builds a network for each task, and then fails once in one of them. */
  private record FailsAgain(int task) implements ReplicaFactory {
    @Override
    public ExampleSource examples(Configuration hadoop) {
      return TOYS.examples(hadoop);
    }

    @Override
    public TrainableNetwork network(ExampleSource examples) {
      boolean first = BUILT.incrementAndGet() <= 2;
      if (!first && TaskContext.getPartitionId() == task && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("no memory for a network");
      }
      return TOYS.network(examples);
    }
  }

  @Test
  void saysThatItWaitsForOtherJobs() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    CompletableFuture<Long> other =
        CompletableFuture.supplyAsync(
            () -> cluster.spark().parallelize(List.of(0), 1).filter(x -> held()).count());
    assertThat(HELD.await(30, TimeUnit.SECONDS)).isTrue();
    try (SparkGradientSource source = source()) {
      List<EpochReport<Score>> reports =
          epoch(
              source,
              new PeerPorts(0, 1),
              Duration.ofSeconds(1),
              line -> {
                said.add(line);
                RELEASED.countDown();
              });

      assertThat(reports).hasSize(2).allMatch(report -> report.failure() == null);
    }
    assertThat(said)
        .containsExactly(
            "An epoch on executors waits until 2 slots are free at a time: other jobs hold them");
    assertThat(other.get()).isZero();
  }

  private static boolean held() throws InterruptedException {
    HELD.countDown();
    RELEASED.await();
    return false;
  }

  private static SparkGradientSource source() {
    return new SparkGradientSource(
        cluster.spark(), "search", TOYS, 2, LocalSpark.BATCH, LocalSpark.SEED);
  }

  private static List<EpochReport<Score>> epoch(
      SparkGradientSource source, PeerPorts ports, Duration patience, Consumer<String> warn)
      throws InterruptedException {
    StateVectors start = startOf();
    Broadcast<StateVectors> state = cluster.spark().broadcast(start);
    StepsSoFar progress = new StepsSoFar();
    cluster.spark().sc().register(progress, "steps");
    EpochJob<Score> job =
        new EpochJob<>(
            cluster.spark(),
            cluster.spark().parallelize(List.of(0, 1), 2),
            new StepListener(progress.id()),
            step -> {},
            patience,
            warn);
    return job.run(
        new EpochTask<>(source.home(), state, EPOCH, PeerSecret.draw(), ports, LONG, progress));
  }

  private static StateVectors startOf() {
    try (GradientSource local = TOYS.local(2, LocalSpark.BATCH)) {
      return ToyEpoch.start(local);
    }
  }
}
