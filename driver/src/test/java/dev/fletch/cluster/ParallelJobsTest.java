package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.cluster.ParallelJobs.Job;
import dev.fletch.cluster.ParallelJobs.Result;
import dev.fletch.cluster.ParallelJobs.Work;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ParallelJobsTest {
  private static final long PATIENCE_SECONDS = 60;

  /** Shared with the tasks, which run in this process. */
  private static final CountDownLatch BOTH = new CountDownLatch(2);

  private static final CountDownLatch WAITING = new CountDownLatch(1);
  private static final AtomicInteger ATTEMPTS = new AtomicInteger();

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
  void jobsOverlapInTime() {
    List<Result<String>> results =
        runAll(2, job("a", new Meet()), job("b", new Meet()), job("c", new Echo("late")));

    assertThat(results).extracting(Result::value).containsExactly("met", "met", "late");
  }

  @Test
  void oneThatFailsDoesNotStopTheOthers() {
    List<Result<String>> results =
        runAll(
            2, job("bad", new Fail()), job("good", new Echo("done")), job("also", new Echo("too")));

    assertThat(results).extracting(Result::value).containsExactly(null, "done", "too");
    assertThat(results.get(0).failure())
        .hasMessage(
            "Spark job failed (bad, work bad): FileNotFoundException: data/train-images is gone");
    assertThat(ATTEMPTS).as("what may pass is tried again").hasValue(4);
  }

  @Test
  void sayWhyInTheirOwnWords() {
    ClusterException refused = new ClusterException("Executors cannot do it");
    ClusterException lost =
        new ClusterException("Executors lost it 4 times", new LostEpochException("task 1 is gone"));
    ClusterException failed =
        new ClusterException("Spark job failed (a, b): x", new FileNotFoundException("x is gone"));

    List<Result<String>> results = runAll(1, onDriver(refused), onDriver(lost), onDriver(failed));

    assertThat(results)
        .extracting(Result::why)
        .containsExactly(
            "Executors cannot do it",
            "Executors lost it 4 times",
            "FileNotFoundException: x is gone");
  }

  private static Job<String> onDriver(ClusterException failure) {
    return new Job<>(
        "driver",
        "work",
        hadoop -> {
          throw failure;
        },
        true);
  }

  @Test
  void everyJobHasItsGroup() {
    JobNames names = JobNames.listen(cluster);

    runAll(1, job("retrain-last-seed-0", new Echo("x")), job("retrain-last-seed-1", new Echo("y")));

    assertThat(names.after(cluster))
        .containsExactly(
            "retrain-last-seed-0: work retrain-last-seed-0",
            "retrain-last-seed-1: work retrain-last-seed-1");
  }

  @Test
  void worksSeeTheHadoopConfiguration() {
    cluster.hadoop().set("fletch.test", "shipped");

    assertThat(runAll(1, job("conf", new ReadConfiguration())))
        .extracting(Result::value)
        .containsExactly("shipped");
  }

  @Test
  void interruptionCancelsEverything() throws InterruptedException {
    AtomicInteger cancelled = new AtomicInteger();
    Thread thread =
        new Thread(
            () ->
                assertThatThrownBy(() -> runAll(1, job("endless", new Wait())))
                    .isInstanceOf(ClusterException.class)
                    .hasMessage("Interrupted while jobs were running; they were cancelled")
                    .satisfies(e -> cancelled.incrementAndGet()));
    thread.start();
    assertThat(WAITING.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));

    assertThat(cancelled).hasValue(1);
    assertThat(runAll(2, job("after", new Echo("free")), job("wards", new Echo("too"))))
        .extracting(Result::value)
        .containsExactly("free", "too");
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static List<Result<String>> runAll(int parallel, Job<String>... jobs) {
    return new ParallelJobs<String>(cluster.spark())
        .runAll(List.of(jobs), parallel, (place, result) -> {});
  }

  private static Job<String> job(String group, Work<String> work) {
    return new Job<>(group, "work " + group, work, false);
  }

  /** Ends only when two of its kind are inside at once. */
  private record Meet() implements Work<String> {
    @Override
    public String run(Configuration hadoop) throws InterruptedException {
      BOTH.countDown();
      return BOTH.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? "met" : "alone";
    }
  }

  /** Waits until it is cancelled. */
  private record Wait() implements Work<String> {
    @Override
    public String run(Configuration hadoop) throws InterruptedException {
      WAITING.countDown();
      new CountDownLatch(1).await();
      return "never";
    }
  }

  private record Echo(String word) implements Work<String> {
    @Override
    public String run(Configuration hadoop) {
      return word;
    }
  }

  private record Fail() implements Work<String> {
    @Override
    public String run(Configuration hadoop) throws FileNotFoundException {
      ATTEMPTS.incrementAndGet();
      throw new FileNotFoundException("data/train-images is gone\nand more");
    }
  }

  private record ReadConfiguration() implements Work<String> {
    @Override
    public String run(Configuration hadoop) {
      return hadoop.get("fletch.test");
    }
  }
}
