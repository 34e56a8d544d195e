package dev.fletch.cluster;

import dev.fletch.cluster.peers.PeerPorts;
import dev.fletch.cluster.peers.PeerSecret;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower;
import dev.fletch.settings.Plural;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
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

  /** Tasks that computed differently twice hardly do so by chance. */
  private static final int MOST_UNEQUAL = 2;

  private static final String PORT = "spark.fletch.exchange.port";
  private static final String PORTS_TRIED = "spark.port.maxRetries";
  private static final int USUAL_PORTS_TRIED = 16;
  private static final long PAUSE_MILLIS = 100;

  /** How long an executor may take to come in the place of a lost one. */
  private static final Duration FOR_ANOTHER_EXECUTOR = Duration.ofSeconds(30);

  private final JavaSparkContext spark;
  private final JobScope scope;
  private final SparkGradientSource between;
  private final Duration timeout;
  private final PeerPorts ports;
  private final int attempts;
  private boolean placed;
  private int lastTasks;

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
    this.attempts = TaskFailures.most(spark.getConf());
    awaitSlot();
  }

  @Override
  public <R extends Serializable> EpochWork.Done<R> carryOut(
      EpochWork<R> work, StateVectors start, StepFollower follower) {
    int unequal = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        return carryOutOnce(work, start, follower);
      } catch (ClusterException e) {
        if (!(e.getCause() instanceof LostEpochException lost) || spark.sc().isStopped()) {
          throw e;
        }
        placed = false;
        unequal += lost.isUnequal() ? 1 : 0;
        if (attempt >= attempts || unequal == MOST_UNEQUAL) {
          throw new ClusterException(
              "Executors lost an epoch %s, the last time because %s; look at their logs, or set exchange = driver"
                  .formatted(Plural.of(attempt, "time"), lost.getMessage()),
              lost);
        }
        LOG.warn("Executors lost an epoch, which begins anew: {}", lost.getMessage());
        awaitSlots(lastTasks, FOR_ANOTHER_EXECUTOR);
      }
    }
  }

  private <R extends Serializable> EpochWork.Done<R> carryOutOnce(
      EpochWork<R> work, StateVectors start, StepFollower follower) {
    if (!placed) {
      between.build();
      placed = true;
    }
    JavaRDD<Integer> ranks = ranks();
    Broadcast<StateVectors> state = spark.broadcast(start);
    StepsSoFar progress = new StepsSoFar();
    spark.sc().register(progress, "steps");
    StepListener listener = new StepListener(progress.id());
    spark.sc().addSparkListener(listener);
    try {
      EpochTask<R> task =
          new EpochTask<>(between.home(), state, work, PeerSecret.draw(), ports, timeout, progress);
      EpochJob<R> job =
          new EpochJob<>(spark, ranks, listener, follower, FOR_ANOTHER_EXECUTOR, LOG::warn);
      EpochReports<R> reports =
          scope.run(
              "an epoch on %d tasks".formatted(lastTasks),
              () -> new EpochReports<>(job.run(task)).unlessLost());
      EpochReport<R> first = reports.first();
      if (first.last() != null) {
        follower.stepDone(first.last());
      }
      return new EpochWork.Done<>(first.state(), first.result());
    } finally {
      spark.sc().removeSparkListener(listener);
      state.destroy();
    }
  }

  /** A partition for each task, as many as there are slots now and at most one per replica. */
  private JavaRDD<Integer> ranks() {
    int slots = awaitSlot();
    int tasks = Math.min(between.replicas(), slots);
    if (tasks < lastTasks) {
      LOG.warn("An epoch runs on {} tasks, where there were {}", tasks, lastTasks);
    }
    lastTasks = tasks;
    // With slots to spare tasks are sent where the replicas are; without, each executor has tasks.
    return tasks < slots
        ? between.numbers()
        : spark.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks);
  }

  /** Executors may be on their way. */
  private int awaitSlot() {
    int slots = awaitSlots(1, timeout);
    if (slots < 1) {
      throw ExchangeRules.noSlot(spark);
    }
    return slots;
  }

  /** Slots that there are as soon as there are so many, or after a while. */
  private int awaitSlots(int wanted, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    int slots = ExchangeRules.slots(spark);
    while (slots < wanted && System.nanoTime() < deadline && !spark.sc().isStopped()) {
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

  /** Unique for every source. */
  String id() {
    return between.id();
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
  public int steps(Portion portion, int epoch) {
    return between.steps(portion, epoch);
  }

  @Override
  public double rateFactor(Portion portion, StepId at) {
    return between.rateFactor(portion, at);
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
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    return between.gradients(request, weights, mixing);
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    return between.gradientsInEvaluation(request, weights, mixings, statistics);
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
    return between.evaluate(portion, chunks, weights, mixings, statistics);
  }

  @Override
  public void close() {
    between.close();
  }
}
