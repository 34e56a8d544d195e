package dev.fletch.replica;

import dev.fletch.data.Batch;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;

/**
 * Logistic regression in plain Java: the logit of class 1 is p * (w . x) with one mixing weight p;
 * in evaluation mode the first running statistic is subtracted from it. Statistics: mean of x, and
 * a constant 1.
 */
final class LinearNetwork implements TrainableNetwork {
  boolean closed;

  @Override
  public int weightCount() {
    return 2;
  }

  @Override
  public int mixingCount() {
    return 1;
  }

  @Override
  public int statisticsCount() {
    return 2;
  }

  @Override
  public float[] initialWeights(long seed) {
    return new float[] {0.01f * seed, 0.02f * seed};
  }

  @Override
  public float[] initialStatistics() {
    return new float[] {0, 1};
  }

  @Override
  public BatchGradients gradients(
      Batch batch, long seed, StepId at, float[] weights, float[] mixing, Wanted wanted) {
    int n = batch.size();
    float[] dw = new float[wanted.weights() ? 2 : 0];
    float[] dp = new float[wanted.mixing() ? 1 : 0];
    float[] statistics = {0, 1};
    for (int i = 0; i < n; i++) {
      double dot = dot(batch, i, weights);
      double error = 1 / (1 + Math.exp(-mixing[0] * dot)) - batch.targets()[i];
      for (int j = 0; j < 2; j++) {
        float x = images(batch)[2 * i + j];
        statistics[0] += x / (2 * n);
        if (wanted.weights()) {
          dw[j] += (float) (error * mixing[0] * x / n);
        }
      }
      if (wanted.mixing()) {
        dp[0] += (float) (error * dot / n);
      }
    }
    return new BatchGradients(dw, dp, statistics, score(batch, weights, mixing, 0));
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch batch, float[] weights, float[] mixing, float[] statistics) {
    float[] dp = new float[1];
    for (int i = 0; i < batch.size(); i++) {
      double dot = dot(batch, i, weights);
      double probability = 1 / (1 + Math.exp(statistics[0] - mixing[0] * dot));
      dp[0] += (float) ((probability - batch.targets()[i]) * dot / batch.size());
    }
    return new BatchGradients(
        new float[0], dp, new float[0], score(batch, weights, mixing, statistics[0]));
  }

  @Override
  public BatchScore evaluate(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    return score(batch, weights, mixing, statistics[0]);
  }

  @Override
  public float[] logits(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    float[] logits = new float[2 * batch.size()];
    for (int i = 0; i < batch.size(); i++) {
      logits[2 * i + 1] = (float) (mixing[0] * dot(batch, i, weights) - statistics[0]);
    }
    return logits;
  }

  @Override
  public void close() {
    closed = true;
  }

  private static BatchScore score(Batch batch, float[] weights, float[] mixing, double shift) {
    double lossSum = 0;
    int correct = 0;
    for (int i = 0; i < batch.size(); i++) {
      double logit = mixing[0] * dot(batch, i, weights) - shift;
      lossSum += Math.log1p(Math.exp(batch.targets()[i] == 1 ? -logit : logit));
      correct += (logit > 0 ? 1 : 0) == batch.targets()[i] ? 1 : 0;
    }
    return new BatchScore(lossSum, correct, batch.size());
  }

  private static double dot(Batch batch, int i, float[] weights) {
    return images(batch)[2 * i] * weights[0] + images(batch)[2 * i + 1] * weights[1];
  }

  private static float[] images(Batch batch) {
    return ((ImageBatch) batch).images();
  }
}
