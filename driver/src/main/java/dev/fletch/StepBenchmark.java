package dev.fletch;

import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import java.util.Arrays;
import java.util.Random;

/**
 * Times one supernet gradient: forward and backward of the cross-entropy with respect to all
 * weights and all mixing weights, on one random batch. Medians, after two steps of warming up.
 */
final class StepBenchmark {
  private static final int WARM_UP = 2;
  private static final long SEED = 0;

  private final TrainableNetwork network;
  private final Batch batch;
  private final float[] weights;
  private final float[] mixing;

  /**
   * @param operations columns of the mixing weights, which are all alike, as at the start of a
   *     search
   */
  StepBenchmark(
      TrainableNetwork network, ImageShape image, int classes, int batch, int operations) {
    this.network = network;
    this.batch = randomBatch(image, classes, batch);
    this.weights = network.initialWeights(SEED);
    this.mixing = new float[network.mixingCount()];
    Arrays.fill(mixing, 1f / operations);
  }

  /** Median seconds of a gradient and of a forward pass. */
  record Seconds(double step, double forward) {}

  Seconds run(int steps) {
    float[] statistics = network.initialStatistics();
    double[] step = new double[steps];
    double[] forward = new double[steps];
    for (int i = -WARM_UP; i < steps; i++) {
      StepId at = new StepId(0, i + WARM_UP);
      double seconds =
          seconds(() -> network.gradients(batch, SEED, at, weights, mixing, Wanted.BOTH));
      if (i >= 0) {
        step[i] = seconds;
      }
    }
    for (int i = 0; i < steps; i++) {
      forward[i] = seconds(() -> network.evaluate(batch, weights, mixing, statistics));
    }
    return new Seconds(median(step), median(forward));
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static Batch randomBatch(ImageShape image, int classes, int size) {
    Random random = new Random(SEED);
    float[] images = new float[size * image.values()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[size];
    int[] examples = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % classes;
      examples[i] = i;
    }
    return new Batch(image, images, labels, examples);
  }
}
