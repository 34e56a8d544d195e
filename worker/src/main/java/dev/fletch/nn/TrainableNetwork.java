package dev.fletch.nn;

import dev.fletch.data.Batch;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.StepId;
import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;
import dev.fletch.engine.Profile;

/**
 * A network whose parameters come from outside: it holds buffers, never authoritative state. Not
 * thread-safe.
 *
 * <p>Parameters are flat vectors: weights w (in a fixed order), mixing weights (what a {@code
 * Relaxation} makes of alpha: normal cell's {@code [edges, operations]} row by row, then the
 * reduction cell's; length 0 for a candidate network) and batch-norm statistics (running means and
 * variances, in a fixed order). A network on a card takes weights and statistics from the card's
 * memory as well as from the host's; what is asked for at weights on a card is left there.
 */
public interface TrainableNetwork extends AutoCloseable {
  int weightCount();

  int mixingCount();

  int statisticsCount();

  /**
   * Values that it hands on from one minibatch to the next, {@link
   * dev.fletch.data.StreamBatch#state}: of a recurrent network {@code [B, C]} for the rows that it
   * was built for; all 0 before the first. 0 for a network that remembers nothing.
   */
  default int carriedCount() {
    return 0;
  }

  /**
   * Where in the weights the matrix is that embeds words, of a network whose softmax shares it;
   * {@link WeightRange#NONE} of all others.
   */
  default WeightRange tiedEmbedding() {
    return WeightRange.NONE;
  }

  /** Freshly drawn weights, a function of {@code seed} alone. */
  float[] initialWeights(long seed);

  /**
   * As {@link #initialWeights(long)}, where words begin as {@link ExampleSource#startOfWords} says.
   *
   * @param examples what will be trained on
   */
  default float[] initialWeights(long seed, ExampleSource examples) {
    return initialWeights(seed);
  }

  /** Running statistics before the first step: means 0, variances 1. */
  float[] initialStatistics();

  /**
   * Mean loss of the minibatch and its gradients, batch norm using the minibatch's own statistics.
   *
   * @param batch not empty, at most the batch size the network was built for
   * @param seed with {@code at} and the examples' indices, decides all randomness inside the
   *     network (drop path)
   */
  BatchGradients gradients(
      Batch batch, long seed, StepId at, float[] weights, float[] mixing, Wanted wanted);

  /** As above; the result lies where the weights lie. */
  default BatchGradients gradients(
      Batch batch, long seed, StepId at, Floats weights, float[] mixing, Wanted wanted) {
    return gradients(batch, seed, at, weights.onHost(), mixing, wanted);
  }

  /**
   * dL/d(mixing) of the minibatch's mean loss as {@link #evaluate} computes it: batch norm is a map
   * with constants, made of the running {@code statistics}, and nothing random acts. For all mixing
   * weights, those that are 0 too.
   *
   * @return with weights and statistics of length 0
   */
  BatchGradients gradientsInEvaluation(
      Batch batch, float[] weights, float[] mixing, float[] statistics);

  /** As above, wherever the vectors lie. */
  default BatchGradients gradientsInEvaluation(
      Batch batch, Floats weights, float[] mixing, Floats statistics) {
    return gradientsInEvaluation(batch, weights.onHost(), mixing, statistics.onHost());
  }

  /** Loss and hits of the minibatch, batch norm using the running {@code statistics}. */
  BatchScore evaluate(Batch batch, float[] weights, float[] mixing, float[] statistics);

  /** As above, wherever the vectors lie. */
  default BatchScore evaluate(Batch batch, Floats weights, float[] mixing, Floats statistics) {
    return evaluate(batch, weights.onHost(), mixing, statistics.onHost());
  }

  /** Predicted logits {@code [N, classes]} in evaluation mode. */
  float[] logits(Batch batch, float[] weights, float[] mixing, float[] statistics);

  /**
   * Multiplications with an addition that one example takes, without the operations whose mixing
   * weight is 0; 0 if the network does not count them.
   */
  default long multiplyAdds(float[] mixing) {
    return 0;
  }

  /** Native memory that full minibatches take, in bytes; takes none of it. */
  default long bytes() {
    return 0;
  }

  /**
   * Whether it is computed elsewhere than on this machine's processors, which can make the next
   * minibatch meanwhile.
   */
  default boolean leavesProcessorsIdle() {
    return false;
  }

  /**
   * Where the vectors of its training are best kept: on its card, or on the host. What is made
   * there lasts until the network is closed.
   */
  default FlatKernels place() {
    return FlatKernels.HOST;
  }

  /** Notes the time of every step of a plan from now on; null stops that. */
  default void profile(Profile into) {
    // what runs no plan has no steps
  }

  /** Frees native memory. */
  @Override
  void close();
}
