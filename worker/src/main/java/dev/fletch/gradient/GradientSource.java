package dev.fletch.gradient;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;
import java.io.Serializable;
import java.util.List;

/**
 * Where gradients come from: replicas in this process, or on Spark executors. Both give the same
 * bits.
 *
 * <p>Every result is the example-weighted mean over the replicas, summed in the fixed order of
 * {@link GradientSum#reduce}. The source holds no authoritative state: weights, mixing weights and
 * statistics arrive with each call. Calls are made from one thread.
 *
 * <p>Vectors may lie on the host or at the source's {@link #place}; gradients lie where the weights
 * lay that were asked for.
 */
public interface GradientSource extends AutoCloseable {
  /** Lengths of the flat vectors. */
  NetworkSize size();

  /** Number of examples in {@code portion}. */
  int examples(Portion portion);

  /** Steps of an epoch over {@code portion}, all replicas together. */
  int steps(Portion portion, int epoch);

  /**
   * By what w's learning rate of an epoch is multiplied in a step that trains on {@code portion},
   * as {@link dev.fletch.data.ExampleSource#rateFactor} says.
   */
  default double rateFactor(Portion portion, StepId at) {
    return 1;
  }

  /**
   * Where the vectors of a training are best kept for this source: on the card that all its
   * replicas are computed on, or on the host, where those of many processes meet. What is made
   * there lasts until the source is closed.
   */
  default FlatKernels place() {
    return FlatKernels.HOST;
  }

  float[] initialWeights(long seed);

  float[] initialStatistics();

  /**
   * Gradients of the same minibatches at one or more points.
   *
   * @param weights one weight vector per point; the second-order alpha gradient asks for two
   * @return one mean per point
   * @throws DivergedException if a loss is not finite
   */
  List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing);

  /**
   * Gradients of the mixing weights in evaluation mode, batch norm using {@code statistics}, of the
   * same minibatches at one or more mixing weights.
   *
   * @param request wants {@link dev.fletch.nn.Wanted#MIXING}
   * @return one mean per element of {@code mixings}, without gradients of weights and statistics
   */
  List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics);

  /** The score over the whole portion in evaluation mode. */
  default Score evaluate(Portion portion, Floats weights, float[] mixing, Floats statistics) {
    return evaluate(portion, Integer.MAX_VALUE, weights, List.of(mixing), statistics).get(0);
  }

  /**
   * The scores of several architectures at once, in evaluation mode.
   *
   * @param chunks minibatches of one replica that are looked at, from the portion's first; where
   *     there are fewer, all
   * @return one score per element of {@code mixings}
   */
  List<Score> evaluate(
      Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics);

  /**
   * Carries out an epoch where gradients are near: here, or in the processes that have the
   * replicas. The same bits either way.
   *
   * @param start taken over: its vectors may be changed
   * @throws DivergedException if a loss or a gradient is not finite
   */
  default <R extends Serializable> EpochWork.Done<R> carryOut(
      EpochWork<R> work, StateVectors start, StepFollower follower) {
    return work.carryOut(start, this, follower);
  }

  @Override
  void close();
}
