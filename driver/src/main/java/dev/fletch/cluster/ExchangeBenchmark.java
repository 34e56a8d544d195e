package dev.fletch.cluster;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower;
import dev.fletch.nn.Wanted;
import dev.fletch.replica.ExchangeSettings;
import dev.fletch.replica.PeerGradientSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Times exchanges whose gradients cost nothing: the state goes to every replica, a gradient of the
 * same size comes back from each, and they are averaged, all on the way of a search.
 */
public final class ExchangeBenchmark {
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
            cluster.spark(), "bench exchange", new IdleReplicas(floats), replicas, 1, 0)) {
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
      source.gradients(request(round), List.of(Floats.of(weights)), new float[0]);
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
        source.gradients(request(round), List.of(Floats.of(weights)), new float[0]);
        double all = (System.nanoTime() - begin) / 1e9;
        double gradients = peers.nanosOfGradients() / 1e9;
        times.add(new ExchangeTimes(0, gradients, 0, gradients, all - gradients));
      }
      return new Done<>(start, times);
    }
  }
}
