package dev.fletch.cluster;

import dev.fletch.data.Batch;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fails in {@code gradients} as long as there are failures left, and is the other network
 * otherwise.
 */
record FailingNetwork(TrainableNetwork network, AtomicInteger failuresLeft)
    implements TrainableNetwork {
  @Override
  public BatchGradients gradients(
      Batch batch, long seed, StepId at, float[] weights, float[] mixing, Wanted wanted) {
    if (failuresLeft.getAndDecrement() > 0) {
      throw new IllegalStateException("lost for once");
    }
    return network.gradients(batch, seed, at, weights, mixing, wanted);
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch batch, float[] weights, float[] mixing, float[] statistics) {
    return network.gradientsInEvaluation(batch, weights, mixing, statistics);
  }

  @Override
  public BatchScore evaluate(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    return network.evaluate(batch, weights, mixing, statistics);
  }

  @Override
  public float[] logits(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    return network.logits(batch, weights, mixing, statistics);
  }

  @Override
  public int weightCount() {
    return network.weightCount();
  }

  @Override
  public int mixingCount() {
    return network.mixingCount();
  }

  @Override
  public int statisticsCount() {
    return network.statisticsCount();
  }

  @Override
  public float[] initialWeights(long seed) {
    return network.initialWeights(seed);
  }

  @Override
  public float[] initialStatistics() {
    return network.initialStatistics();
  }

  @Override
  public void close() {
    network.close();
  }
}
