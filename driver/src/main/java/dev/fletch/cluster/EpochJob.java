package dev.fletch.cluster;

import dev.fletch.gradient.StepFollower;
import dev.fletch.gradient.StepFollower.Progress;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
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
  private static final String INTERRUPT = "spark.job.interruptOnCancel";

  /** As somebody does on Spark's pages; what Spark itself gives up reads otherwise. */
  private static final Pattern CANCELLED = Pattern.compile("\\bJob \\d+ cancelled");

  private final JavaSparkContext spark;
  private final JavaRDD<Integer> ranks;
  private final int tasks;
  private final StepListener steps;
  private final StepFollower follower;
  private final Duration patience;
  private final Consumer<String> warn;

  /**
   * @param ranks a partition for each task, which is sent where its data is
   * @param steps is told by Spark how far the job is
   * @param follower is told so on the thread that runs the job
   * @param patience after so long with fewer slots than tasks, no executor will come in the place
   *     of a lost one; after so long without a task that runs, a word is said
   * @param warn takes that word
   */
  EpochJob(
      JavaSparkContext spark,
      JavaRDD<Integer> ranks,
      StepListener steps,
      StepFollower follower,
      Duration patience,
      Consumer<String> warn) {
    this.spark = spark;
    this.ranks = ranks;
    this.tasks = ranks.getNumPartitions();
    this.steps = steps;
    this.follower = follower;
    this.patience = patience;
    this.warn = warn;
  }

  /**
   * Waits for the reports of all tasks, by rank.
   *
   * @throws LostEpochException if a task was lost, or there will not be enough slots
   * @throws ClusterException if somebody cancelled the job
   * @throws InterruptedException if the thread was interrupted; the job is cancelled then
   */
  List<EpochReport<R>> run(EpochTask<R> task) throws InterruptedException {
    ClassTag<EpochReport<R>> type = ClassTag$.MODULE$.apply(EpochReport.class);
    RDD<EpochReport<R>> reports = ranks.rdd().barrier().mapPartitions(task, false, type);
    JavaFutureAction<List<EpochReport<R>>> job = start(JavaRDD.fromRDD(reports, type));
    boolean ended = false;
    try {
      List<EpochReport<R>> all = await(job);
      ended = true;
      return all;
    } catch (ExecutionException e) {
      ended = true;
      if (CANCELLED.matcher(String.valueOf(e.getCause().getMessage())).find()) {
        throw new ClusterException(firstLine(e.getCause()), e.getCause());
      }
      throw new LostEpochException(reason(e.getCause()), e.getCause());
    } finally {
      if (!ended) {
        job.cancel(true);
      }
    }
  }

  /**
   * Spark interrupts the tasks that it ends: one that waits for a connection with a task that has
   * failed before would wait on, and keep its replica from everybody.
   */
  private JavaFutureAction<List<EpochReport<R>>> start(JavaRDD<EpochReport<R>> reports) {
    String before = spark.getLocalProperty(INTERRUPT);
    spark.setLocalProperty(INTERRUPT, "true");
    try {
      return reports.collectAsync();
    } finally {
      spark.setLocalProperty(INTERRUPT, before);
    }
  }

  private List<EpochReport<R>> await(JavaFutureAction<List<EpochReport<R>>> job)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    long enoughSlots = begin;
    boolean looked = false;
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
        } else if (isLong(enoughSlots)) {
          throw new LostEpochException(
              "%d tasks should run at a time, and executors have room for %d"
                  .formatted(tasks, slots),
              e);
        }
        if (!looked && isLong(begin)) {
          looked = true;
          warnUnlessBegun(job);
        }
      }
    }
  }

  private boolean isLong(long since) {
    return System.nanoTime() - since > patience.toNanos();
  }

  private void warnUnlessBegun(JavaFutureAction<?> job) {
    for (int id : job.jobIds()) {
      SparkJobInfo known = spark.statusTracker().getJobInfo(id);
      for (int stage : known == null ? new int[0] : known.stageIds()) {
        SparkStageInfo info = spark.statusTracker().getStageInfo(stage);
        if (info != null && info.numActiveTasks() + info.numCompletedTasks() > 0) {
          return;
        }
      }
    }
    warn.accept(
        "An epoch on executors waits until %d slots are free at a time: other jobs hold them"
            .formatted(tasks));
  }

  private static String firstLine(Throwable failure) {
    return failure.getMessage().strip().lines().findFirst().orElse("the job was cancelled");
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
