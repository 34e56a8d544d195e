package dev.fletch.replica;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.GradientSum;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * All replicas of a run in this process, one after the other. They share one network, since a
 * network holds nothing between calls.
 */
public final class LocalGradientSource implements GradientSource {
  private final TrainableNetwork network;
  private final ExampleSource examples;
  private final List<Replica> replicas;
  private final int batch;

  /**
   * @param network built for at least {@code batch} examples; closed with this source
   * @param replicas part of the experiment: each takes {@code batch} examples of every step
   * @param seed of the run, for randomness inside the network
   */
  public LocalGradientSource(
      TrainableNetwork network, ExampleSource examples, int replicas, int batch, long seed) {
    if (replicas < 1) {
      throw new IllegalArgumentException("replicas must be >= 1, got " + replicas);
    }
    this.network = network;
    this.examples = examples;
    this.batch = batch;
    this.replicas = new ArrayList<>(replicas);
    for (int r = 0; r < replicas; r++) {
      this.replicas.add(new Replica(network, examples, new Shard(r, replicas, batch), seed));
    }
  }

  @Override
  public NetworkSize size() {
    return replicas.get(0).size();
  }

  @Override
  public int examples(Portion portion) {
    return examples.size(portion);
  }

  @Override
  public int steps(Portion portion, int epoch) {
    return examples.steps(portion, epoch, batch * replicas.size());
  }

  @Override
  public double rateFactor(Portion portion, StepId at) {
    return examples.rateFactor(portion, at);
  }

  @Override
  public FlatKernels place() {
    return network.place();
  }

  @Override
  public float[] initialWeights(long seed) {
    return replicas.get(0).initialWeights(seed);
  }

  @Override
  public float[] initialStatistics() {
    return network.initialStatistics();
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    List<List<GradientSum>> perReplica = new ArrayList<>(replicas.size());
    for (Replica replica : replicas) {
      perReplica.add(replica.gradients(request, weights, mixing));
    }
    return GradientSum.means(perReplica);
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    List<List<GradientSum>> perReplica = new ArrayList<>(replicas.size());
    for (Replica replica : replicas) {
      perReplica.add(replica.gradientsInEvaluation(request, weights, mixings, statistics));
    }
    return GradientSum.means(perReplica);
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
    Replica any = replicas.get(0);
    int count = Math.min(chunks, any.chunks(portion));
    List<Score> scores = new ArrayList<>(mixings.size());
    for (float[] mixing : mixings) {
      List<BatchScore> scored = new ArrayList<>(count);
      for (int chunk = 0; chunk < count; chunk++) {
        scored.add(any.evaluate(portion, chunk, weights, mixing, statistics));
      }
      scores.add(Score.of(scored));
    }
    return scores;
  }

  @Override
  public void close() {
    network.close();
  }
}
