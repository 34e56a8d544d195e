package dev.fletch.cluster;

import dev.fletch.cluster.peers.PeerPorts;
import dev.fletch.cluster.peers.PeerSecret;
import dev.fletch.data.Portion;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gradients from replicas on executors, which average among themselves while an epoch is carried
 * out: one Spark job for an epoch, in which a task per slot takes all steps. Nothing but sums and
 * means travels between them, and the state comes back at the end. What is asked for between epochs
 * goes the way of {@link SparkGradientSource}. The bits are the same either way.
 *
 * <p>The driver has the state before the epoch until it has the one behind it: an epoch that is
 * lost, with an executor or a connection, is begun anew, on the slots that are left.
 */
final class ExecutorsGradientSource implements GradientSource {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorsGradientSource.class);
  private static final int ATTEMPTS = 4;
  private static final String PORT = "spark.fletch.exchange.port";
  private static final String PORTS_TRIED = "spark.port.maxRetries";
  private static final int USUAL_PORTS_TRIED = 16;
  private static final long PAUSE_MILLIS = 100;

  private final JavaSparkContext spark;
  private final JobScope scope;
  private final SparkGradientSource between;
  private final Duration timeout;
  private final PeerPorts ports;
  private boolean placed;

  /**
   * @param name of the job group, for Spark's pages
   * @param between for what is asked between epochs; closed with this source
   * @param timeout how long a task waits for another
   * @throws ClusterException if there is no slot for a task
   */
  ExecutorsGradientSource(
      JavaSparkContext spark, String name, SparkGradientSource between, Duration timeout) {
    this.spark = spark;
    this.scope = new JobScope(spark, name);
    this.between = between;
    this.timeout = timeout;
    int first = spark.getConf().getInt(PORT, 0);
    this.ports = new PeerPorts(first, 1 + spark.getConf().getInt(PORTS_TRIED, USUAL_PORTS_TRIED));
    slots();
  }

  @Override
  public <R extends Serializable> EpochWork.Done<R> carryOut(
      EpochWork<R> work, StateVectors start, StepFollower follower) {
    for (int attempt = 1; ; attempt++) {
      try {
        return carryOutOnce(work, start, follower);
      } catch (ClusterException e) {
        if (!(e.getCause() instanceof LostEpochException lost) || spark.sc().isStopped()) {
          throw e;
        }
        placed = false;
        if (attempt == ATTEMPTS) {
          throw new ClusterException(
              "Executors lost an epoch %d times, the last time because %s; look at their logs, or set exchange = driver"
                  .formatted(ATTEMPTS, lost.getMessage()),
              lost);
        }
        LOG.warn("Executors lost an epoch, which begins anew: {}", lost.getMessage());
      }
    }
  }

  private <R extends Serializable> EpochWork.Done<R> carryOutOnce(
      EpochWork<R> work, StateVectors start, StepFollower follower) {
    int tasks = Math.min(between.replicas(), slots());
    if (!placed) {
      between.place();
      placed = true;
    }
    Broadcast<StateVectors> state = spark.broadcast(start);
    StepsSoFar progress = new StepsSoFar();
    spark.sc().register(progress, "steps");
    StepListener listener = new StepListener(progress.id());
    spark.sc().addSparkListener(listener);
    try {
      EpochTask<R> task =
          new EpochTask<>(between.home(), state, work, PeerSecret.draw(), ports, timeout, progress);
      List<EpochReport<R>> reports =
          scope.run(
              "an epoch on %d tasks".formatted(tasks),
              () -> checked(new EpochJob<R>(spark, tasks, listener, follower).run(task)));
      EpochReport<R> first = reports.get(0);
      throwFailure(reports);
      if (first.last() != null) {
        follower.stepDone(first.last());
      }
      return new EpochWork.Done<>(first.state(), first.result());
    } finally {
      spark.sc().removeSparkListener(listener);
      state.destroy();
    }
  }

  /** Slots for tasks, waited for a while: executors may be on their way. */
  private int slots() {
    long deadline = System.nanoTime() + timeout.toNanos();
    int slots = ExchangeRules.slots(spark);
    while (slots < 1) {
      if (System.nanoTime() > deadline) {
        throw ExchangeRules.noSlot(spark);
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClusterException("Interrupted while waiting for executors", e);
      }
      slots = ExchangeRules.slots(spark);
    }
    return slots;
  }

  /**
   * The reports by rank.
   *
   * @throws LostEpochException if tasks lost each other, or have come to different states
   */
  private static <R extends Serializable> List<EpochReport<R>> checked(
      List<EpochReport<R>> reports) {
    List<EpochReport<R>> byRank =
        reports.stream().sorted(Comparator.comparingInt(EpochReport::rank)).toList();
    for (EpochReport<R> report : byRank) {
      if (report.failure() instanceof UncheckedIOException) {
        throw new LostEpochException(
            "task %d could not read: %s"
                .formatted(report.rank(), ClusterException.rootCause(report.failure())),
            report.failure());
      }
      if (report.failure() != null) {
        return byRank;
      }
    }
    byRank.stream()
        .map(EpochReport::lostPeer)
        .filter(why -> why != null)
        .min(Comparator.comparingInt(String::length)) // without what others say of it
        .ifPresent(
            why -> {
              throw new LostEpochException(why);
            });
    List<String> checksums = byRank.stream().map(EpochReport::checksum).distinct().toList();
    if (checksums.size() > 1) {
      throw new LostEpochException(
          "tasks came to different states (checksums %s): their machines may compute differently"
              .formatted(byRank.stream().map(r -> r.checksum().substring(0, 8)).toList()));
    }
    return byRank;
  }

  private static <R extends Serializable> void throwFailure(List<EpochReport<R>> reports) {
    for (EpochReport<R> report : reports) {
      RuntimeException failure = report.failure();
      if (failure != null && failure.getClass().getName().startsWith("dev.fletch.")) {
        throw failure;
      }
      if (failure != null) {
        throw new ClusterException(
            "An epoch on executors failed: " + ClusterException.rootCause(failure), failure);
      }
    }
  }

  @Override
  public NetworkSize size() {
    return between.size();
  }

  @Override
  public int examples(Portion portion) {
    return between.examples(portion);
  }

  @Override
  public int steps(Portion portion) {
    return between.steps(portion);
  }

  @Override
  public float[] initialWeights(long seed) {
    return between.initialWeights(seed);
  }

  @Override
  public float[] initialStatistics() {
    return between.initialStatistics();
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<float[]> weights, float[] mixing) {
    return between.gradients(request, weights, mixing);
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, float[] weights, List<float[]> mixings, float[] statistics) {
    return between.gradientsInEvaluation(request, weights, mixings, statistics);
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, float[] weights, List<float[]> mixings, float[] statistics) {
    return between.evaluate(portion, chunks, weights, mixings, statistics);
  }

  @Override
  public void close() {
    between.close();
  }
}
