package dev.fletch.replica;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.GradientSum;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.nn.BatchScore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gradients of this task's replicas, averaged with those of the other tasks that take the same
 * steps. All ask the same of their sources in the same order, and all get the same answers, those
 * of {@link LocalGradientSource}.
 *
 * <p>Every task adds up one chunk of the vectors for all (a reduce-scatter), in replica order, and
 * sends its mean to the others (an all-gather). So a task sends and receives at most twice the
 * vectors of a gradient, however many tasks there are, where its replicas are neighbours that are
 * added first.
 *
 * <p>Of several tasks the vectors are on the host, where their sums meet. A task that has all
 * replicas on one network keeps them where that is computed.
 */
public final class PeerGradientSource implements GradientSource {
  private final List<Replica> replicas;
  private final Replica any;
  private final Peers peers;
  private final PeerAverage average;
  private final PeerScores scores;
  private long nanosOfGradients;

  /**
   * Closes neither the replicas nor the connections: they belong to who made them.
   *
   * @param replicas those that {@code dealing} gives this task, in order; they may share a network
   */
  public PeerGradientSource(List<Replica> replicas, Dealing dealing, Peers peers) {
    List<Integer> numbers = replicas.stream().map(r -> r.shard().replica()).toList();
    if (!numbers.equals(dealing.of(peers.rank())) || dealing.ofTasks().size() != peers.count()) {
      throw new IllegalArgumentException(
          "Task %d of %d has the replicas %s, not those of %s"
              .formatted(peers.rank(), peers.count(), numbers, dealing));
    }
    this.replicas = List.copyOf(replicas);
    this.any = replicas.get(0);
    this.peers = peers;
    this.average = new PeerAverage(dealing, peers);
    this.scores = new PeerScores(peers);
  }

  @Override
  public NetworkSize size() {
    return any.size();
  }

  @Override
  public int examples(Portion portion) {
    return any.examples().size(portion);
  }

  @Override
  public int steps(Portion portion, int epoch) {
    return any.examples().steps(portion, epoch, any.shard().batch() * any.shard().replicas());
  }

  @Override
  public double rateFactor(Portion portion, StepId at) {
    return any.examples().rateFactor(portion, at);
  }

  @Override
  public FlatKernels place() {
    boolean sharesNetwork = replicas.stream().allMatch(r -> r.network() == any.network());
    return isAlone() && sharesNetwork ? any.network().place() : FlatKernels.HOST;
  }

  private boolean isAlone() {
    return peers.count() == 1;
  }

  @Override
  public float[] initialWeights(long seed) {
    return any.initialWeights(seed);
  }

  @Override
  public float[] initialStatistics() {
    return any.network().initialStatistics();
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    return mean(replica -> replica.gradients(request, weights, mixing));
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    return mean(replica -> replica.gradientsInEvaluation(request, weights, mixings, statistics));
  }

  private List<Gradients> mean(Function<Replica, List<GradientSum>> sums) {
    long start = System.nanoTime();
    List<List<GradientSum>> own = new ArrayList<>(replicas.size());
    for (Replica replica : replicas) {
      try {
        own.add(sums.apply(replica));
      } catch (DivergedException e) {
        throw average.diverged(replica.shard().replica(), e);
      }
    }
    nanosOfGradients = System.nanoTime() - start;
    return isAlone() ? GradientSum.means(own) : average.mean(own);
  }

  /** How long this task's part of the last gradients took, without averaging. */
  public long nanosOfGradients() {
    return nanosOfGradients;
  }

  /** Chunks are dealt out to the tasks in turn. */
  @Override
  public List<Score> evaluate(
      Portion portion, int most, Floats weights, List<float[]> mixings, Floats statistics) {
    int chunks = Math.min(most, any.chunks(portion));
    List<List<BatchScore>> own = new ArrayList<>();
    for (int chunk = peers.rank(); chunk < chunks; chunk += peers.count()) {
      List<BatchScore> ofChunk = new ArrayList<>(mixings.size());
      for (float[] mixing : mixings) {
        ofChunk.add(any.evaluate(portion, chunk, weights, mixing, statistics));
      }
      own.add(ofChunk);
    }
    List<List<List<BatchScore>>> ofTasks = scores.gather(own);
    List<Score> inOrder = new ArrayList<>(mixings.size());
    for (int m = 0; m < mixings.size(); m++) {
      List<BatchScore> ofMixing = new ArrayList<>(chunks);
      for (int chunk = 0; chunk < chunks; chunk++) {
        ofMixing.add(ofTasks.get(chunk % peers.count()).get(chunk / peers.count()).get(m));
      }
      inOrder.add(Score.of(ofMixing));
    }
    return inOrder;
  }

  @Override
  public void close() {
    // nothing is its own
  }
}
