package dev.fletch.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Operation;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.Optimizer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Times the gradient of the cross-entropy with respect to all weights and all mixing weights, on
 * one random batch. Medians.
 */
final class StepBenchmark {
  private static final long SEED = 0;

  private final TrainableNetwork network;
  private final Batch batch;
  private final int warmUp;
  private final Floats weights;
  private final float[] mixing;
  private Optimizer optimizer;
  private double rate;
  private int taken;
  private int operations;

  /**
   * @param warmUp steps that {@link #warmUp} takes
   */
  StepBenchmark(TrainableNetwork network, ImageShape image, int classes, int batch, int warmUp) {
    this(
        network,
        new RandomExamples(image, classes).batch(batch, SEED),
        Operation.DARTS.size(),
        warmUp);
  }

  /**
   * @param operations of an edge, where there are mixing weights
   * @param warmUp steps that {@link #warmUp} takes
   */
  StepBenchmark(TrainableNetwork network, Batch batch, int operations, int warmUp) {
    this.network = network;
    this.batch = batch;
    this.warmUp = warmUp;
    this.weights = network.place().of(network.initialWeights(SEED));
    this.mixing = new float[network.mixingCount()];
    // all alike, as at the start of a search
    Arrays.fill(mixing, 1f / operations);
  }

  /**
   * From now on one operation per edge, drawn anew for every step.
   *
   * @param operations of an edge
   */
  StepBenchmark sampling(int operations) {
    this.operations = operations;
    return this;
  }

  /** The mixing weights of step number {@code taken}. */
  private float[] mixing(int step) {
    if (operations == 0) {
      return mixing;
    }
    float[] sample = new float[mixing.length];
    SplittableRandom random = new SplittableRandom(SEED + step);
    for (int row = 0; row < sample.length; row += operations) {
      sample[row + random.nextInt(operations)] = 1;
    }
    return sample;
  }

  /** The mean over the steps that {@link #gradientSeconds} took of something of their samples. */
  double meanOfSamples(int steps, ToLongFunction<float[]> of) {
    return IntStream.range(taken - steps, taken)
        .mapToLong(step -> of.applyAsLong(mixing(step)))
        .average()
        .orElseThrow();
  }

  /** Also updates the weights in every step, within the time measured. */
  StepBenchmark training(Optimizer with, double learningRate) {
    this.optimizer = with.at(network.place());
    this.rate = learningRate;
    return this;
  }

  void warmUp() {
    for (int i = 0; i < warmUp; i++) {
      step();
    }
  }

  /** Seconds that a step took. The least says more where others use the machine too. */
  record Times(double median, double least) {
    void put(ObjectNode line) {
      line.put("stepSecondsMedian", BenchOptions.rounded(median));
      line.put("stepSecondsLeast", BenchOptions.rounded(least));
    }
  }

  /** Of gradients. */
  Times gradientSeconds(int steps) {
    double[] seconds = new double[steps];
    Arrays.setAll(seconds, i -> seconds(this::step));
    return new Times(new Median().evaluate(seconds), Arrays.stream(seconds).min().orElseThrow());
  }

  /** Median seconds of a forward pass. */
  double forwardSeconds(int steps) {
    Floats statistics = network.place().of(network.initialStatistics());
    double[] seconds = new double[steps];
    Arrays.setAll(
        seconds, i -> seconds(() -> network.evaluate(batch, weights, mixing(i), statistics)));
    return new Median().evaluate(seconds);
  }

  private void step() {
    Wanted wanted = mixing.length > 0 ? Wanted.BOTH : Wanted.WEIGHTS;
    BatchGradients gradients =
        network.gradients(batch, SEED, new StepId(0, taken), weights, mixing(taken), wanted);
    taken++;
    if (optimizer != null) {
      optimizer.step(weights, gradients.weights(), rate);
    }
    gradients.close();
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
