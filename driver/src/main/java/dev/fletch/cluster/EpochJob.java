package dev.fletch.cluster;

import dev.fletch.gradient.StepFollower;
import dev.fletch.gradient.StepFollower.Progress;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The Spark job of one epoch: a barrier stage, whose tasks start together and fail together. It
 * ends as soon as one of them is lost, and Spark does not start it again by itself: it could only
 * do so with as many tasks as before.
 */
final class EpochJob<R extends Serializable> {
  /**
   * After so long with fewer slots than tasks, no executor will come in the place of a lost one.
   */
  private static final long SECONDS_FOR_ANOTHER_EXECUTOR = 30;

  private final JavaSparkContext spark;
  private final int tasks;
  private final StepListener steps;
  private final StepFollower follower;

  /**
   * @param steps is told by Spark how far the job is
   * @param follower is told so on the thread that runs the job
   */
  EpochJob(JavaSparkContext spark, int tasks, StepListener steps, StepFollower follower) {
    this.spark = spark;
    this.tasks = tasks;
    this.steps = steps;
    this.follower = follower;
  }

  /**
   * Waits for the reports of all tasks, by rank.
   *
   * @throws LostEpochException if a task was lost, or there will not be enough slots
   * @throws InterruptedException if the thread was interrupted; the job is cancelled then
   */
  List<EpochReport<R>> run(EpochTask<R> task) throws InterruptedException {
    List<Integer> ranks = IntStream.range(0, tasks).boxed().toList();
    ClassTag<EpochReport<R>> type = ClassTag$.MODULE$.apply(EpochReport.class);
    RDD<EpochReport<R>> reports =
        spark.parallelize(ranks, tasks).rdd().barrier().mapPartitions(task, false, type);
    JavaFutureAction<List<EpochReport<R>>> job = JavaRDD.fromRDD(reports, type).collectAsync();
    boolean ended = false;
    try {
      List<EpochReport<R>> all = await(job);
      ended = true;
      return all;
    } catch (ExecutionException e) {
      ended = true;
      throw new LostEpochException(reason(e.getCause()), e.getCause());
    } finally {
      if (!ended) {
        job.cancel(true);
      }
    }
  }

  private List<EpochReport<R>> await(JavaFutureAction<List<EpochReport<R>>> job)
      throws InterruptedException, ExecutionException {
    long enoughSlots = System.nanoTime();
    while (true) {
      try {
        return job.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        Progress news = steps.news();
        if (news != null) {
          follower.stepDone(news);
        }
        int slots = ExchangeRules.slots(spark);
        if (slots >= tasks) {
          enoughSlots = System.nanoTime();
        } else if (System.nanoTime() - enoughSlots
            > TimeUnit.SECONDS.toNanos(SECONDS_FOR_ANOTHER_EXECUTOR)) {
          throw new LostEpochException(
              "%d tasks should run at a time, and executors have room for %d"
                  .formatted(tasks, slots),
              e);
        }
      }
    }
  }

  /** Spark says first that it gave up, and in the next line why. */
  private static String reason(Throwable failure) {
    List<String> lines = String.valueOf(failure.getMessage()).strip().lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith("ExecutorLostFailure"))
        .findFirst()
        .orElse(lines.get(Math.min(1, lines.size() - 1)).strip())
        .replaceFirst("^dev\\.fletch\\.[\\w.]+: ", "");
  }
}
