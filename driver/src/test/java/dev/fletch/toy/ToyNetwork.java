package dev.fletch.toy;

import dev.fletch.data.Batch;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.Predictions;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import java.util.Random;

/**
 * Softmax regression on centred inputs: logits = s W (x - mean), s = 1 + sum over k of sin(k) times
 * mixing weight k. The mean is the minibatch's in training and the running one in evaluation, so
 * that statistics matter.
 */
public final class ToyNetwork implements TrainableNetwork {
  private final int inputs;
  private final int classes;
  private final int mixing;

  /**
   * @param mixing number of mixing weights; 0 as in a candidate network
   */
  public ToyNetwork(int inputs, int classes, int mixing) {
    this.inputs = inputs;
    this.classes = classes;
    this.mixing = mixing;
  }

  @Override
  public int weightCount() {
    return inputs * classes;
  }

  @Override
  public int mixingCount() {
    return mixing;
  }

  @Override
  public int statisticsCount() {
    return inputs;
  }

  @Override
  public float[] initialWeights(long seed) {
    Random random = new Random(seed);
    float[] weights = new float[weightCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (0.1 * random.nextGaussian());
    }
    return weights;
  }

  @Override
  public float[] initialStatistics() {
    return new float[inputs];
  }

  @Override
  public BatchGradients gradients(
      Batch batch, long seed, StepId at, float[] weights, float[] mixing, Wanted wanted) {
    return gradients(batch, weights, mixing, mean(batch), wanted);
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch batch, float[] weights, float[] mixing, float[] statistics) {
    BatchGradients at = gradients(batch, weights, mixing, statistics, Wanted.MIXING);
    return new BatchGradients(new float[0], at.mixing(), new float[0], at.score());
  }

  private BatchGradients gradients(
      Batch batch, float[] weights, float[] mixing, float[] mean, Wanted wanted) {
    float[] logits = logits(batch, weights, mixing, mean);
    float[] gradient = new float[weights.length];
    double scaleGradient = 0;
    double scale = scale(mixing);
    for (int n = 0; n < batch.size(); n++) {
      double[] p = softmax(logits, n);
      for (int c = 0; c < classes; c++) {
        double g = (p[c] - (c == batch.targets()[n] ? 1 : 0)) / batch.size();
        for (int i = 0; i < inputs; i++) {
          gradient[c * inputs + i] +=
              (float) (g * scale * (images(batch)[n * inputs + i] - mean[i]));
        }
        scaleGradient += g * logits[n * classes + c] / scale;
      }
    }
    float[] mixingGradient = new float[wanted.mixing() ? this.mixing : 0];
    for (int k = 0; k < mixingGradient.length; k++) {
      mixingGradient[k] = (float) (Math.sin(k) * scaleGradient);
    }
    return new BatchGradients(
        wanted.weights() ? gradient : new float[0], mixingGradient, mean, score(batch, logits));
  }

  @Override
  public BatchScore evaluate(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    return score(batch, logits(batch, weights, mixing, statistics));
  }

  @Override
  public float[] logits(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    double scale = scale(mixing);
    float[] logits = new float[batch.size() * classes];
    for (int n = 0; n < batch.size(); n++) {
      for (int c = 0; c < classes; c++) {
        double sum = 0;
        for (int i = 0; i < inputs; i++) {
          sum += weights[c * inputs + i] * (images(batch)[n * inputs + i] - statistics[i]);
        }
        logits[n * classes + c] = (float) (scale * sum);
      }
    }
    return logits;
  }

  @Override
  public void close() {}

  private BatchScore score(Batch batch, float[] logits) {
    double loss = 0;
    int correct = 0;
    int[] predicted = new int[batch.size()];
    for (int n = 0; n < batch.size(); n++) {
      double[] p = softmax(logits, n);
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = p[c] > p[best] ? c : best;
      }
      loss -= Math.log(p[batch.targets()[n]]);
      correct += best == batch.targets()[n] ? 1 : 0;
      predicted[n] = best;
    }
    return new BatchScore(loss, correct, batch.size())
        .with(new Predictions(classes, batch.targets(), predicted));
  }

  private double[] softmax(float[] logits, int n) {
    double[] p = new double[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      p[c] = Math.exp(logits[n * classes + c]);
      sum += p[c];
    }
    for (int c = 0; c < classes; c++) {
      p[c] /= sum;
    }
    return p;
  }

  private float[] mean(Batch batch) {
    float[] mean = new float[inputs];
    for (int n = 0; n < batch.size(); n++) {
      for (int i = 0; i < inputs; i++) {
        mean[i] += images(batch)[n * inputs + i] / batch.size();
      }
    }
    return mean;
  }

  private static double scale(float[] mixing) {
    double scale = 1;
    for (int k = 0; k < mixing.length; k++) {
      scale += Math.sin(k) * mixing[k];
    }
    return scale;
  }

  private static float[] images(Batch batch) {
    return ((ImageBatch) batch).images();
  }
}
