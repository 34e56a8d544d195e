package dev.fletch.toy;

import dev.fletch.data.Batch;
import dev.fletch.data.SeededRandom;
import dev.fletch.data.StepId;
import dev.fletch.data.StreamBatch;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import dev.fletch.nn.WeightRange;

/**
 * A network that remembers one value of every row: {@code h = h / 2 + s u x}, {@code y = v h + b},
 * with the word x and the next one as y's target, and half the squared error as the loss. u is
 * shared with nothing, but called an embedding; s is 1 plus a weighted sum of the mixing weights;
 * in training b is disturbed by noise that depends on the step. The weights are u, v and b.
 *
 * @param rows B
 * @param mixingCount number of mixing weights
 */
public record ToyMemory(int rows, int mixingCount) implements TrainableNetwork {
  private static final double NOISE = 0.01;

  @Override
  public int weightCount() {
    return 3;
  }

  @Override
  public int statisticsCount() {
    return 1;
  }

  @Override
  public int carriedCount() {
    return rows;
  }

  @Override
  public WeightRange tiedEmbedding() {
    return new WeightRange(0, 1);
  }

  @Override
  public float[] initialWeights(long seed) {
    return new float[] {0.5f, 0.3f + seed % 10 * 0.01f, 0.1f};
  }

  @Override
  public float[] initialStatistics() {
    return new float[1];
  }

  @Override
  public BatchGradients gradients(
      Batch batch, long seed, StepId at, float[] weights, float[] mixing, Wanted wanted) {
    double noise =
        SeededRandom.of(SeededRandom.Purpose.GUMBEL, seed, at.draw(), at.step()).unit() * NOISE;
    Pass pass = new Pass((StreamBatch) batch, weights, mixing, noise);
    int n = batch.size();
    float[] ofMixing = new float[wanted.mixing() ? mixingCount : 0];
    for (int k = 0; k < ofMixing.length; k++) {
      ofMixing[k] = (float) (Math.sin(k + 1) * pass.ds / n);
    }
    return new BatchGradients(
        wanted.weights()
            ? new float[] {(float) (pass.du / n), (float) (pass.dv / n), (float) (pass.db / n)}
            : new float[0],
        ofMixing,
        new float[] {(float) (pass.sum / n)},
        new BatchScore(pass.loss, 0, n),
        pass.state);
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch batch, float[] weights, float[] mixing, float[] statistics) {
    Pass pass = new Pass((StreamBatch) batch, weights, mixing, 0);
    float[] ofMixing = new float[mixingCount];
    for (int k = 0; k < mixingCount; k++) {
      ofMixing[k] = (float) (Math.sin(k + 1) * pass.ds / batch.size());
    }
    return new BatchGradients(
        new float[0], ofMixing, new float[0], new BatchScore(pass.loss, 0, batch.size()));
  }

  @Override
  public BatchScore evaluate(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    return new BatchScore(new Pass((StreamBatch) batch, weights, mixing, 0).loss, 0, batch.size());
  }

  @Override
  public float[] logits(Batch batch, float[] weights, float[] mixing, float[] statistics) {
    throw new UnsupportedOperationException("No test asks for them");
  }

  @Override
  public void close() {}

  /** Forward and backward, row by row; sums over the words. */
  private static final class Pass {
    private final float[] state;
    private double loss;
    private double sum;
    private double du;
    private double dv;
    private double db;
    private double ds;

    Pass(StreamBatch batch, float[] weights, float[] mixing, double noise) {
      state = batch.state().length == 0 ? new float[batch.rows()] : batch.state().clone();
      double scale = 1;
      for (int k = 0; k < mixing.length; k++) {
        scale += 0.1 * Math.sin(k + 1) * mixing[k];
      }
      for (int row = 0; row < batch.rows(); row++) {
        double h = state[row];
        double fed = 0; // of the words of this window
        for (int t = 0; t < batch.times(); t++) {
          int place = t * batch.rows() + row;
          double x = batch.tokens()[place] / 7.0;
          h = h / 2 + scale * weights[0] * x;
          fed = fed / 2 + x;
          double error = weights[1] * h + weights[2] + noise - batch.targets()[place] / 7.0;
          loss += error * error / 2;
          sum += h;
          du += error * weights[1] * scale * fed;
          dv += error * h;
          db += error;
          ds += 0.1 * error * weights[1] * weights[0] * fed;
        }
        state[row] = (float) h;
      }
    }
  }
}
