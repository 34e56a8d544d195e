package dev.fletch.replica;

import dev.fletch.data.Batch;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.data.StreamBatch;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSum;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One replica of a run: a network's buffers and the way to its minibatches. It holds no
 * authoritative state, so a lost replica is rebuilt from the same arguments and gives the same
 * bits. Not thread-safe.
 */
public final class Replica implements AutoCloseable {
  private final TrainableNetwork network;
  private final ExampleSource examples;
  private final Shard shard;
  private final long seed;
  private final Minibatches minibatches;

  /**
   * @param network built for at least {@code shard.batch()} examples; closed with the replica
   * @param seed of the run, for randomness inside the network
   */
  public Replica(TrainableNetwork network, ExampleSource examples, Shard shard, long seed) {
    this.network = network;
    this.examples = examples;
    this.shard = shard;
    this.seed = seed;
    this.minibatches = new Minibatches(examples, shard, network.leavesProcessorsIdle());
  }

  /** Lengths of the network's flat vectors. */
  public NetworkSize size() {
    return new NetworkSize(
        network.weightCount(),
        network.mixingCount(),
        network.statisticsCount(),
        Math.multiplyExact(network.carriedCount(), shard.replicas()),
        network.tiedEmbedding());
  }

  /** The weights that a training of these examples begins with, a function of both and the seed. */
  public float[] initialWeights(long seed) {
    return network.initialWeights(seed, examples);
  }

  public TrainableNetwork network() {
    return network;
  }

  public ExampleSource examples() {
    return examples;
  }

  public Shard shard() {
    return shard;
  }

  /**
   * This replica's contribution to an exchange.
   *
   * @param weights one weight vector per point; all points see the same minibatch
   * @return one sum per point; empty sums when the step has no example left for this replica
   * @throws DivergedException if a loss is not finite
   */
  public List<GradientSum> gradients(
      GradientRequest request, List<Floats> weights, float[] mixing) {
    checkLength("mixing weights", mixing.length, network.mixingCount());
    float[] carried = carried(request);
    Batch batch = batch(request, carried);
    List<GradientSum> sums = new ArrayList<>(weights.size());
    for (Floats point : weights) {
      checkLength("weights", point.length(), network.weightCount());
      sums.add(
          batch.size() == 0
              ? GradientSum.empty(carried)
              : contribution(batch, request, point, mixing));
    }
    return sums;
  }

  /**
   * This replica's contribution to an exchange in evaluation mode: gradients of the mixing weights.
   *
   * @return one sum per element of {@code mixings}; empty sums when the step has no example left
   * @throws DivergedException if a loss is not finite
   */
  public List<GradientSum> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    checkLength("weights", weights.length(), network.weightCount());
    checkLength("batch-norm statistics", statistics.length(), network.statisticsCount());
    Batch batch = batch(request, carried(request));
    List<GradientSum> sums = new ArrayList<>(mixings.size());
    for (float[] mixing : mixings) {
      checkLength("mixing weights", mixing.length, network.mixingCount());
      sums.add(
          batch.size() == 0
              ? GradientSum.empty()
              : sum(
                  forgetting(network.gradientsInEvaluation(batch, weights, mixing, statistics)),
                  request.at()));
    }
    return sums;
  }

  /** Chunks that an evaluation of {@code portion} consists of. */
  public int chunks(Portion portion) {
    return examples.evaluationChunks(portion, shard.batch());
  }

  /**
   * Scores chunk {@code chunk} of {@code portion} in evaluation mode, as {@link
   * ExampleSource#evaluationChunk} divides it. Any replica of the run may do it, with the same
   * bits; add chunks up in their order.
   */
  public BatchScore evaluate(
      Portion portion, int chunk, Floats weights, float[] mixing, Floats statistics) {
    checkLength("weights", weights.length(), network.weightCount());
    checkLength("mixing weights", mixing.length, network.mixingCount());
    checkLength("batch-norm statistics", statistics.length(), network.statisticsCount());
    Batch batch = examples.evaluationChunk(portion, chunk, shard.batch());
    return network.evaluate(batch, weights, mixing, statistics);
  }

  @Override
  public void close() {
    network.close();
  }

  /** This replica's part of what the request carries. */
  private float[] carried(GradientRequest request) {
    int own = network.carriedCount();
    float[] all = request.carried();
    if (all.length == 0) {
      return new float[own];
    }
    checkLength("carried values", all.length, own * shard.replicas());
    return Arrays.copyOfRange(all, shard.replica() * own, (shard.replica() + 1) * own);
  }

  private Batch batch(GradientRequest request, float[] carried) {
    Batch batch = minibatches.of(request.portion(), request.at());
    if (carried.length == 0) {
      return batch;
    }
    if (batch instanceof StreamBatch stream) {
      return stream.withState(carried);
    }
    throw new IllegalArgumentException(
        "Cannot train a network that remembers on examples that do not follow each other: %s"
            .formatted(batch.input()));
  }

  private GradientSum contribution(
      Batch batch, GradientRequest request, Floats point, float[] mixing) {
    StepId at = request.at();
    BatchGradients of = network.gradients(batch, seed, at, point, mixing, request.wanted());
    checkLength("carried values", of.carried().length, network.carriedCount());
    return sum(of, at);
  }

  /** An evaluation changes nothing of what is remembered. */
  private static BatchGradients forgetting(BatchGradients of) {
    return new BatchGradients(of.weights(), of.mixing(), of.statistics(), of.score());
  }

  private GradientSum sum(BatchGradients gradients, StepId at) {
    double loss = gradients.score().lossSum() / gradients.score().examples();
    if (!Double.isFinite(loss)) {
      gradients.close();
      throw new DivergedException(at, shard.replica(), loss);
    }
    return GradientSum.of(gradients);
  }

  private static void checkLength(String what, int got, int expected) {
    if (got != expected) {
      throw new IllegalArgumentException(
          "Cannot use "
              + got
              + " "
              + what
              + ": the network has "
              + expected
              + "; they belong to another configuration");
    }
  }
}
