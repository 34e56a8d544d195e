package dev.fletch.cluster;

import dev.fletch.data.Batch;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import dev.fletch.replica.ExchangeSettings;
import dev.fletch.replica.PeerGradientSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.hadoop.conf.Configuration;

/**
 * Times exchanges whose gradients cost nothing: the state goes to every replica, a gradient of the
 * same size comes back from each, and they are averaged, all on the way of a search.
 */
public final class ExchangeBenchmark {
  private static final ImageShape PIXEL = new ImageShape(1, 1, 1);

  private ExchangeBenchmark() {}

  /**
   * Median seconds of a round and of its parts; see {@link ExchangeTimes}.
   *
   * @param exchange the round without the gradients themselves
   */
  public record Seconds(
      double round,
      double exchange,
      double broadcast,
      double fetch,
      double gradients,
      double schedulingAndResults,
      double reduce) {}

  /**
   * @param replicas of every round
   * @param floats weights of the state, and of every gradient
   * @param where who averages
   */
  public static Seconds run(
      SparkCluster cluster,
      int replicas,
      int floats,
      int warmUp,
      int rounds,
      ExchangeSettings.Where where) {
    try (SparkGradientSource source =
        new SparkGradientSource(
            cluster.spark(), "bench exchange", new Idle(floats), replicas, 1, 0)) {
      return medians(
          where == ExchangeSettings.Where.DRIVER
              ? byDriver(source, warmUp, rounds)
              : amongExecutors(cluster, source, warmUp, rounds));
    }
  }

  private static List<ExchangeTimes> byDriver(SparkGradientSource source, int warmUp, int rounds) {
    float[] weights = new float[source.size().weights()];
    List<ExchangeTimes> times = new ArrayList<>();
    for (int round = 0; round < warmUp + rounds; round++) {
      source.gradients(request(round), List.of(weights), new float[0]);
      times.add(source.lastTimes());
    }
    return times.subList(warmUp, times.size());
  }

  private static List<ExchangeTimes> amongExecutors(
      SparkCluster cluster, SparkGradientSource source, int warmUp, int rounds) {
    ExchangeRules.require(cluster.spark().getConf());
    ExecutorsGradientSource executors =
        new ExecutorsGradientSource(
            cluster.spark(), "bench exchange", source, ExchangeSettings.BY_DRIVER.timeout());
    StateVectors nothing = new StateVectors(Map.of(), Map.of());
    ArrayList<ExchangeTimes> times =
        executors.carryOut(new Rounds(warmUp + rounds), nothing, step -> {}).result();
    return times.subList(warmUp, times.size());
  }

  private static GradientRequest request(int round) {
    return new GradientRequest(Portion.TRAIN, new StepId(0, round), Wanted.WEIGHTS);
  }

  private static Seconds medians(List<ExchangeTimes> times) {
    return new Seconds(
        median(times, ExchangeTimes::total),
        median(times, time -> time.total() - time.gradients()),
        median(times, ExchangeTimes::broadcast),
        median(times, ExchangeTimes::fetch),
        median(times, ExchangeTimes::gradients),
        median(times, ExchangeTimes::schedulingAndResults),
        median(times, ExchangeTimes::reduce));
  }

  private static double median(List<ExchangeTimes> times, ToDoubleFunction<ExchangeTimes> part) {
    return new Median().evaluate(times.stream().mapToDouble(part).toArray());
  }

  /** Rounds among executors; there is nothing to broadcast, fetch or schedule in them. */
  private record Rounds(int count) implements EpochWork<ArrayList<ExchangeTimes>> {
    @Override
    public Done<ArrayList<ExchangeTimes>> carryOut(
        StateVectors start, GradientSource source, StepFollower follower) {
      float[] weights = new float[source.size().weights()];
      PeerGradientSource peers = (PeerGradientSource) source;
      ArrayList<ExchangeTimes> times = new ArrayList<>(count);
      for (int round = 0; round < count; round++) {
        long begin = System.nanoTime();
        source.gradients(request(round), List.of(weights), new float[0]);
        double all = (System.nanoTime() - begin) / 1e9;
        double gradients = peers.nanosOfGradients() / 1e9;
        times.add(new ExchangeTimes(0, gradients, 0, gradients, all - gradients));
      }
      return new Done<>(start, times);
    }
  }

  /** Replicas of {@link IdleNetwork}. */
  private record Idle(int floats) implements ReplicaFactory {
    @Override
    public ExampleSource examples(Configuration hadoop) {
      return new Pixels();
    }

    @Override
    public TrainableNetwork network(ExampleSource examples) {
      return new IdleNetwork(floats);
    }
  }

  /** Endless examples of one pixel. */
  private static final class Pixels implements ExampleSource {
    @Override
    public ImageShape input() {
      return PIXEL;
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int size(Portion portion) {
      return 1 << 20;
    }

    @Override
    public Batch training(Portion portion, StepId at, int replica, int replicas, int batch) {
      return new ImageBatch(PIXEL, new float[batch], new int[batch], new int[batch]);
    }

    @Override
    public Batch evaluation(Portion portion, int from, int to) {
      int batch = to - from;
      return new ImageBatch(PIXEL, new float[batch], new int[batch], new int[batch]);
    }
  }

  /** A network whose gradient is 1 everywhere. */
  private record IdleNetwork(int weightCount) implements TrainableNetwork {
    @Override
    public int mixingCount() {
      return 0;
    }

    @Override
    public int statisticsCount() {
      return 0;
    }

    @Override
    public float[] initialWeights(long seed) {
      return new float[weightCount];
    }

    @Override
    public float[] initialStatistics() {
      return new float[0];
    }

    @Override
    public BatchGradients gradients(
        Batch batch, long seed, StepId at, float[] weights, float[] mixing, Wanted wanted) {
      float[] gradient = new float[weightCount];
      Arrays.fill(gradient, 1);
      return new BatchGradients(
          gradient, new float[0], new float[0], new BatchScore(0, 0, batch.size()));
    }

    @Override
    public BatchGradients gradientsInEvaluation(
        Batch batch, float[] weights, float[] mixing, float[] statistics) {
      return new BatchGradients(
          new float[0], new float[0], new float[0], new BatchScore(0, 0, batch.size()));
    }

    @Override
    public BatchScore evaluate(Batch batch, float[] weights, float[] mixing, float[] statistics) {
      return new BatchScore(0, 0, batch.size());
    }

    @Override
    public float[] logits(Batch batch, float[] weights, float[] mixing, float[] statistics) {
      return new float[2 * batch.size()];
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
