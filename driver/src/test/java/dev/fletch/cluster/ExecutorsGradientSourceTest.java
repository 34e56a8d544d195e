package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.UnreachableDataException;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower.Progress;
import dev.fletch.replica.ExchangeSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Epochs on two tasks of one process, which average over real connections. */
class ExecutorsGradientSourceTest {
  private static final ToyReplicas TOYS = new ToyReplicas(37);
  private static final int STEPS = 5;
  private static final int ALWAYS = Integer.MAX_VALUE;

  /** Shared with the tasks, which run in this process. */
  private static final AtomicInteger INCIDENTS_LEFT = new AtomicInteger();

  private static SparkCluster cluster;

  @BeforeAll
  static void start() {
    cluster = LocalSpark.open();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static GradientSource executors(int replicas, double timeoutSeconds) {
    return cluster.gradients(
        "search",
        TOYS,
        replicas,
        LocalSpark.BATCH,
        LocalSpark.SEED,
        new ExchangeSettings(ExchangeSettings.Where.EXECUTORS, timeoutSeconds));
  }

  private static EpochWork.Done<Score> local(int replicas, ToyEpoch epoch) {
    try (GradientSource source = TOYS.local(replicas, LocalSpark.BATCH)) {
      return source.carryOut(epoch, ToyEpoch.start(source), step -> {});
    }
  }

  private static void assertSame(EpochWork.Done<Score> actual, EpochWork.Done<Score> expected) {
    assertThat(actual.state().vectors().get("w")).isEqualTo(expected.state().vectors().get("w"));
    assertThat(actual.state().checksum()).isEqualTo(expected.state().checksum());
    assertThat(actual.result()).isEqualTo(expected.result());
  }

  @ParameterizedTest(name = "{0} replicas")
  @ValueSource(ints = {1, 2, 5, 9})
  void anEpochGivesTheBitsOfOneProcess(int replicas) {
    List<Progress> followed = new ArrayList<>();
    try (GradientSource source = executors(replicas, 60)) {
      StateVectors start = ToyEpoch.start(source);
      String before = start.checksum();

      EpochWork.Done<Score> done = source.carryOut(new ToyEpoch(1, STEPS), start, followed::add);

      assertSame(done, local(replicas, new ToyEpoch(1, STEPS)));
      assertThat(done.state().counters()).containsEntry("steps", (long) STEPS);
      assertThat(start.checksum()).as("what the driver could begin anew from").isEqualTo(before);
    }
    assertThat(followed).last().extracting(Progress::step).isEqualTo(STEPS - 1);
  }

  @Test
  void nothingIsLeftOfAnEpoch() {
    try (GradientSource source = executors(4, 60)) {
      StateVectors state = ToyEpoch.start(source);
      for (int epoch = 0; epoch < 3; epoch++) {
        state = source.carryOut(new ToyEpoch(epoch, 40), state, step -> {}).state();
      }
      assertThat(state.counters()).containsEntry("steps", 120L);
      assertThat(exchangeThreads()).isEmpty();
      assertThat(SparkState.leftBroadcastsOf(cluster, StateVectors.class)).isEmpty();
    }
  }

  private static List<String> exchangeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fletch-exchange"))
        .toList();
  }

  @Test
  void anEpochWithALostTaskBeginsAnew() {
    ToyEpoch epoch =
        disturbed(
            1,
            () -> {
              throw new AssertionError("the process is gone"); // no result: the task itself fails
            });
    JobNames names = JobNames.listen(cluster);
    try (GradientSource source = executors(4, 60)) {
      EpochWork.Done<Score> done = source.carryOut(epoch, ToyEpoch.start(source), step -> {});

      assertSame(done, local(4, new ToyEpoch(0, STEPS)));
    }
    assertThat(begun(names)).isEqualTo(2);
  }

  private static long begun(JobNames names) {
    return names.after(cluster).stream().filter("search: an epoch on 2 tasks"::equals).count();
  }

  @Test
  void anEpochIsTriedAsOftenAsATask() {
    ToyEpoch epoch =
        disturbed(
            ALWAYS,
            () -> {
              throw new AssertionError("the process is gone");
            });
    SparkConf live = cluster.spark().sc().conf();
    live.set("spark.task.maxFailures", "2");
    JobNames names = JobNames.listen(cluster);
    try (GradientSource source = executors(4, 60)) {
      assertThatThrownBy(() -> source.carryOut(epoch, ToyEpoch.start(source), step -> {}))
          .isInstanceOf(ClusterException.class)
          .hasMessageStartingWith("Executors lost an epoch 2 times, the last time because ")
          .hasMessageEndingWith("; look at their logs, or set exchange = driver");
    } finally {
      live.remove("spark.task.maxFailures");
    }
    assertThat(begun(names)).isEqualTo(2);
  }

  @Test
  void storageThatDoesNotAnswerMayDoSoTheNextTime() {
    ToyEpoch epoch =
        disturbed(
            1,
            () -> {
              throw new UnreachableDataException("Cannot reach hdfs://away", null);
            });
    JobNames names = JobNames.listen(cluster);
    try (GradientSource source = executors(2, 60)) {
      assertSame(
          source.carryOut(epoch, ToyEpoch.start(source), step -> {}),
          local(2, new ToyEpoch(0, STEPS)));
    }
    assertThat(begun(names)).isEqualTo(2);
  }

  @Test
  void whoCancelsTheJobEndsTheTraining() {
    ToyEpoch epoch =
        disturbed(
            ALWAYS,
            () -> {
              cluster.spark().sc().cancelAllJobs();
              sleep();
            });
    JobNames names = JobNames.listen(cluster);
    try (GradientSource source = executors(2, 60)) {
      assertThatThrownBy(() -> source.carryOut(epoch, ToyEpoch.start(source), step -> {}))
          .isInstanceOf(ClusterException.class)
          .hasMessageMatching(
              "Spark job failed \\(search, an epoch on 2 tasks\\): Job \\d+ cancelled as part of"
                  + " cancellation of all jobs");
    }
    assertThat(begun(names)).isEqualTo(1);
  }

  /** As on an executor that none of the replicas was sent to. */
  @Test
  void networksThatAnEpochHadToBuildEndWithIt() {
    ExecutorsGradientSource source = (ExecutorsGradientSource) executors(3, 60);
    try (source) {
      StateVectors start = ToyEpoch.start(source);
      StateVectors once = source.carryOut(new ToyEpoch(0, STEPS), start, step -> {}).state();
      assertThat(ReplicaHome.residents(source.id())).isEqualTo(3);
      ReplicaHome.free(source.id());

      EpochWork.Done<Score> twice = source.carryOut(new ToyEpoch(0, STEPS), start, step -> {});

      assertThat(twice.state().checksum()).isEqualTo(once.checksum());
      assertThat(ReplicaHome.residents(source.id())).isZero();
    }
  }

  @Test
  void aTaskThatSaysNothingIsWaitedForAsLongAsIsSaid() {
    ToyEpoch epoch = disturbed(1, ExecutorsGradientSourceTest::sleep);
    JobNames names = JobNames.listen(cluster);
    try (GradientSource source = executors(2, 2)) {
      EpochWork.Done<Score> done = source.carryOut(epoch, ToyEpoch.start(source), step -> {});

      assertSame(done, local(2, new ToyEpoch(0, STEPS)));
    }
    // On a busy machine another attempt may take longer than two seconds to say anything.
    assertThat(begun(names)).isGreaterThan(1);
  }

  private static void sleep() {
    try {
      Thread.sleep(6_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tasksThatComeToDifferentStatesAreNotBelieved() {
    ToyEpoch epoch =
        new ToyEpoch(
            0,
            STEPS,
            (step, w) -> {
              if (inTask(1) && step == STEPS - 1) {
                w[3] += 1;
              }
            });
    try (GradientSource source = executors(2, 60)) {
      assertThatThrownBy(() -> source.carryOut(epoch, ToyEpoch.start(source), step -> {}))
          .isInstanceOf(ClusterException.class)
          .hasMessageMatching(
              "Executors lost an epoch 2 times, the last time because tasks came to different"
                  + " states \\(checksums \\[\\w{8}, \\w{8}]\\): their machines may compute"
                  + " differently; look at their logs, or set exchange = driver");
    }
  }

  @Test
  void divergenceIsTheSameAsInOneProcess() {
    ToyEpoch epoch = new ToyEpoch(2, STEPS, (step, w) -> Arrays.fill(w, Float.NaN));
    try (GradientSource source = executors(5, 60)) {
      assertThatThrownBy(() -> source.carryOut(epoch, ToyEpoch.start(source), step -> {}))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "Training diverged at epoch 2, step 0, replica 0: loss is NaN; lower the learning"
                  + " rate or the gradient clip");
    }
  }

  @Test
  void whatTheWorkCannotDoIsSaidAtOnce() {
    ToyEpoch epoch =
        disturbed(
            ALWAYS,
            () -> {
              throw new IllegalArgumentException("Cannot do this");
            });
    try (GradientSource source = executors(2, 60)) {
      assertThatThrownBy(() -> source.carryOut(epoch, ToyEpoch.start(source), step -> {}))
          .isInstanceOf(ClusterException.class)
          .hasMessage("An epoch on executors failed: Cannot do this");
    }
  }

  /** What befalls a task, which is sent to it. */
  private interface Incident extends Serializable {
    void happen();
  }

  /** An epoch in whose third step something befalls the second task, the first few times. */
  private static ToyEpoch disturbed(int times, Incident incident) {
    INCIDENTS_LEFT.set(times);
    return new ToyEpoch(
        0,
        STEPS,
        (step, w) -> {
          if (inTask(1) && step == 2 && INCIDENTS_LEFT.getAndDecrement() > 0) {
            incident.happen();
          }
        });
  }

  private static boolean inTask(int rank) {
    return TaskContext.get() != null && TaskContext.getPartitionId() == rank;
  }
}
