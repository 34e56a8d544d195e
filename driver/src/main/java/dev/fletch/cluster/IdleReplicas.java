package dev.fletch.cluster;

import dev.fletch.data.Batch;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;

/**
 * Replicas whose gradients cost nothing and are 1 everywhere, to see what exchanges cost.
 *
 * @param floats weights of each
 */
record IdleReplicas(int floats) implements ReplicaFactory {
  private static final ImageShape PIXEL = new ImageShape(1, 1, 1);

  @Override
  public ExampleSource examples(Configuration hadoop) {
    return new Pixels();
  }

  @Override
  public TrainableNetwork network(ExampleSource examples) {
    return new IdleNetwork(floats);
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
