package dev.fletch.cluster;

import dev.fletch.data.Portion;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSum;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.nn.BatchScore;
import dev.fletch.replica.Replica;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFunction;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * What runs on executors, one task per replica. Each is a class of its own, so that nothing else is
 * captured and shipped.
 */
final class ReplicaTasks {
  private ReplicaTasks() {}

  /** One replica's part of an exchange. */
  record SumGradients(
      ReplicaHome home, Broadcast<Point> point, GradientRequest request, boolean evaluation)
      implements Function<Integer, PartialSums> {
    @Override
    public PartialSums call(Integer replica) throws InterruptedException {
      return home.with(replica, resident -> sums(replica, resident));
    }

    private PartialSums sums(int order, Replica replica) {
      long start = System.nanoTime();
      Point at = point.value();
      long fetched = System.nanoTime();
      try {
        List<GradientSum> sums =
            evaluation
                ? replica.gradientsInEvaluation(
                    request, at.weights().get(0), at.mixings(), at.statistics())
                : replica.gradients(request, at.weights(), at.mixings().get(0));
        long done = System.nanoTime();
        return PartialSums.of(order, sums, new PartialSums.Times(fetched - start, done - fetched));
      } catch (DivergedException e) {
        return PartialSums.diverged(order, e);
      }
    }
  }

  /** A replica's sums, addressed to the group of replicas that are added up together. */
  record SumForGroup(SumGradients task, int groupSize)
      implements PairFunction<Integer, Integer, PartialSums> {
    @Override
    public Tuple2<Integer, PartialSums> call(Integer replica) throws InterruptedException {
      return new Tuple2<>(replica / groupSize, task.call(replica));
    }
  }

  /** Adds up one group; its partition holds nothing else. */
  record SumGroup()
      implements FlatMapFunction<Iterator<Tuple2<Integer, PartialSums>>, PartialSums> {
    @Override
    public Iterator<PartialSums> call(Iterator<Tuple2<Integer, PartialSums>> group) {
      List<PartialSums> parts = new ArrayList<>();
      int key = 0;
      while (group.hasNext()) {
        Tuple2<Integer, PartialSums> next = group.next();
        key = next._1();
        parts.add(next._2());
      }
      return List.of(PartialSums.ofGroup(key, parts)).iterator();
    }
  }

  /** Sends group g to partition g. */
  static final class ByGroup extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int groups;

    ByGroup(int groups) {
      this.groups = groups;
    }

    @Override
    public int numPartitions() {
      return groups;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }
  }

  /**
   * Scores every {@code stride}-th chunk of a portion, beginning with the replica's number: per
   * chunk a score for each of the point's mixing weights.
   */
  record ScoreChunks(
      ReplicaHome home, Broadcast<Point> point, Portion portion, int chunks, int stride)
      implements Function<Integer, List<List<BatchScore>>> {
    @Override
    public List<List<BatchScore>> call(Integer replica) throws InterruptedException {
      return home.with(replica, resident -> scores(replica, resident));
    }

    private List<List<BatchScore>> scores(int first, Replica replica) {
      Point at = point.value();
      Floats weights = at.weights().get(0);
      List<List<BatchScore>> scores = new ArrayList<>();
      for (int chunk = first; chunk < chunks; chunk += stride) {
        List<BatchScore> ofChunk = new ArrayList<>();
        for (float[] mixing : at.mixings()) {
          ofChunk.add(replica.evaluate(portion, chunk, weights, mixing, at.statistics()));
        }
        scores.add(ofChunk);
      }
      return scores;
    }
  }

  /** Describes network and data. */
  record Describe(ReplicaHome home) implements Function<Integer, NetworkFacts> {
    @Override
    public NetworkFacts call(Integer replica) throws InterruptedException {
      return home.with(replica, NetworkFacts::of);
    }
  }

  /** Draws weights. */
  record DrawWeights(ReplicaHome home, long seed) implements Function<Integer, float[]> {
    @Override
    public float[] call(Integer replica) throws InterruptedException {
      return home.with(replica, resident -> resident.initialWeights(seed));
    }
  }

  /** Reads the statistics before the first step. */
  record InitialStatistics(ReplicaHome home) implements Function<Integer, float[]> {
    @Override
    public float[] call(Integer replica) throws InterruptedException {
      return home.with(replica, resident -> resident.network().initialStatistics());
    }
  }

  /** Has a replica built. */
  record Build(ReplicaHome home) implements VoidFunction<Integer> {
    @Override
    public void call(Integer replica) throws InterruptedException {
      NetworkSize unused = home.with(replica, Replica::size);
    }
  }

  /** Frees all that the executor holds for a source. */
  record Free(String source) implements VoidFunction<Integer> {
    @Override
    public void call(Integer replica) {
      ReplicaHome.free(source);
    }
  }
}
