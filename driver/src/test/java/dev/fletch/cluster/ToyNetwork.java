package dev.fletch.cluster;

import dev.fletch.data.Batch;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.Predictions;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import java.util.Arrays;
import java.util.Random;

/**
 * Softmax regression with two mixed operations: {@code logits = p0 W x + p1 V x}, weights {@code [W
 * | V]}; its statistics are mean and unbiased variance of every input, and evaluation subtracts the
 * mean.
 */
final class ToyNetwork implements TrainableNetwork {
  private static final int OPERATIONS = 2;
  private final int inputs;
  private final int classes;

  ToyNetwork(ExampleSource examples) {
    this.inputs = ((ImageShape) examples.input()).values();
    this.classes = examples.classes();
  }

  @Override
  public int weightCount() {
    return OPERATIONS * classes * inputs;
  }

  @Override
  public int mixingCount() {
    return OPERATIONS;
  }

  @Override
  public int statisticsCount() {
    return 2 * inputs;
  }

  @Override
  public float[] initialWeights(long seed) {
    Random random = new Random(seed);
    float[] weights = new float[weightCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    return weights;
  }

  @Override
  public float[] initialStatistics() {
    float[] statistics = new float[statisticsCount()];
    Arrays.fill(statistics, inputs, 2 * inputs, 1);
    return statistics;
  }

  @Override
  public BatchGradients gradients(
      Batch batch, long seed, StepId at, float[] weights, float[] mixing, Wanted wanted) {
    return gradients(batch, weights, mixing, new float[inputs], wanted);
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch batch, float[] weights, float[] mixing, float[] statistics) {
    BatchGradients at = gradients(batch, weights, mixing, statistics, Wanted.MIXING);
    return new BatchGradients(new float[0], at.mixing(), new float[0], at.score());
  }

  /**
   * @param means taken off the inputs
   */
  private BatchGradients gradients(
      Batch batch, float[] weights, float[] mixing, float[] means, Wanted wanted) {
    float[] weightGradient = new float[wanted.weights() ? weightCount() : 0];
    float[] mixingGradient = new float[wanted.mixing() ? OPERATIONS : 0];
    double loss = 0;
    int correct = 0;
    for (int n = 0; n < batch.size(); n++) {
      double[] p = softmax(logits(batch, n, weights, mixing, means));
      loss -= Math.log(p[batch.targets()[n]]);
      correct += argMax(p) == batch.targets()[n] ? 1 : 0;
      for (int c = 0; c < classes; c++) {
        double g = (p[c] - (c == batch.targets()[n] ? 1 : 0)) / batch.size();
        for (int i = 0; i < OPERATIONS * inputs; i++) {
          float x = images(batch)[n * inputs + i % inputs] - means[i % inputs];
          int operation = i / inputs;
          int weight = (operation * classes + c) * inputs + i % inputs;
          if (wanted.weights()) {
            weightGradient[weight] += (float) (g * mixing[operation] * x);
          }
          if (wanted.mixing()) {
            mixingGradient[operation] += (float) (g * weights[weight] * x);
          }
        }
      }
    }
    return new BatchGradients(
        weightGradient,
        mixingGradient,
        statistics(batch),
        new BatchScore(loss, correct, batch.size()));
  }

  @Override
  public BatchScore evaluate(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    double loss = 0;
    int correct = 0;
    int[] predicted = new int[batch.size()];
    for (int n = 0; n < batch.size(); n++) {
      double[] p = softmax(logits(batch, n, weights, mixing, statistics));
      loss -= Math.log(p[batch.targets()[n]]);
      predicted[n] = argMax(p);
      correct += predicted[n] == batch.targets()[n] ? 1 : 0;
    }
    return new BatchScore(loss, correct, batch.size())
        .with(new Predictions(classes, batch.targets(), predicted));
  }

  @Override
  public float[] logits(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    float[] all = new float[batch.size() * classes];
    for (int n = 0; n < batch.size(); n++) {
      double[] one = logits(batch, n, weights, mixing, statistics);
      for (int c = 0; c < classes; c++) {
        all[n * classes + c] = (float) one[c];
      }
    }
    return all;
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private double[] logits(Batch batch, int n, float[] weights, float[] mixing, float[] means) {
    double[] logits = new double[classes];
    for (int operation = 0; operation < OPERATIONS; operation++) {
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < inputs; i++) {
          double x = images(batch)[n * inputs + i] - means[i];
          logits[c] += mixing[operation] * weights[(operation * classes + c) * inputs + i] * x;
        }
      }
    }
    return logits;
  }

  private float[] statistics(Batch batch) {
    float[] statistics = new float[statisticsCount()];
    for (int i = 0; i < inputs; i++) {
      double sum = 0;
      double squares = 0;
      for (int n = 0; n < batch.size(); n++) {
        double x = images(batch)[n * inputs + i];
        sum += x;
        squares += x * x;
      }
      double mean = sum / batch.size();
      statistics[i] = (float) mean;
      statistics[inputs + i] =
          (float) ((squares - batch.size() * mean * mean) / Math.max(1, batch.size() - 1));
    }
    return statistics;
  }

  private static double[] softmax(double[] logits) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double[] p = Arrays.stream(logits).map(z -> Math.exp(z - max)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(e -> e / sum).toArray();
  }

  private static int argMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static float[] images(Batch batch) {
    return ((ImageBatch) batch).images();
  }
}
