package dev.fletch.nn;

import dev.fletch.engine.Examples;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.WeightSlot;
import java.util.Arrays;

/**
 * Mean over the pixels of each image, or the positions of each text, linear classifier and softmax
 * cross-entropy: {@code [C, P]} to a mean loss. The small matrices are worked on in host memory, in
 * double precision.
 */
public final class Head implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final WeightSlot weight;
  private final WeightSlot bias;
  private final double lossWeight;
  private final double smoothing;
  private final int classes;
  private final double[] pooled;
  private final double[] logits;
  private final double[] probabilities;
  private int[] labels = new int[0];
  private boolean keepsPredictions;

  /**
   * @param weight {@code [classes, C]}
   * @param lossWeight factor of this head's loss in the network's
   * @param smoothing part of a label that training spreads evenly over all classes, the label's own
   *     among them
   */
  Head(
      Kernels kernels,
      Slot input,
      WeightSlot weight,
      WeightSlot bias,
      double lossWeight,
      double smoothing) {
    this.kernels = kernels;
    this.input = input;
    this.weight = weight;
    this.bias = bias;
    this.lossWeight = lossWeight;
    this.smoothing = smoothing;
    this.classes = bias.length();
    this.pooled = new double[input.channels() * input.batch()];
    this.logits = new double[input.batch() * classes];
    this.probabilities = new double[logits.length];
  }

  /** Says in evaluations what each example was taken for: what a confusion matrix is made of. */
  public Head keepingPredictions() {
    keepsPredictions = true;
    return this;
  }

  /** The labels {@code [N]} of the next pass. */
  public void labels(int[] next) {
    for (int label : next) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException("Label " + label + " is not in [0, " + classes + ")");
      }
    }
    this.labels = next;
  }

  /** {@code [N, classes]} of the last forward pass. */
  public float[] logits() {
    float[] copy = new float[input.batch() * classes];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (float) logits[i];
    }
    return copy;
  }

  /** Loss on plain labels and hits of the last forward pass, without {@code lossWeight}. */
  public BatchScore score() {
    double loss = 0;
    int correct = 0;
    for (int n = 0; n < input.batch(); n++) {
      correct += predicted(n) == labels[n] ? 1 : 0;
      loss += crossEntropy(n);
    }
    return new BatchScore(loss, correct, input.batch());
  }

  /** The {@link #score} of a forward pass in evaluation mode, with the predictions if kept. */
  BatchScore evaluation() {
    return keepsPredictions ? score().with(predictions()) : score();
  }

  /** What the last forward pass took each example for: of equal logits the first. */
  private Predictions predictions() {
    int[] predicted = new int[input.batch()];
    Arrays.setAll(predicted, this::predicted);
    return new Predictions(classes, labels.clone(), predicted);
  }

  private int predicted(int n) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (logits[n * classes + k] > logits[n * classes + best]) {
        best = k;
      }
    }
    return best;
  }

  /**
   * Mean loss of the last forward pass times {@code lossWeight}: what a training pass
   * differentiates, on smoothed labels.
   */
  public double weightedLoss() {
    double loss = score().lossSum();
    for (int n = 0; smoothing > 0 && n < input.batch(); n++) {
      // cross-entropy is linear in the label
      for (int k = 0; k < classes; k++) {
        loss += (logits[n * classes + labels[n]] - logits[n * classes + k]) * smoothing / classes;
      }
    }
    return lossWeight * loss / input.batch();
  }

  private double crossEntropy(int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      max = Math.max(max, logits[n * classes + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp(logits[n * classes + k] - max);
    }
    for (int k = 0; k < classes; k++) {
      probabilities[n * classes + k] = Math.exp(logits[n * classes + k] - max) / sum;
    }
    return Math.log(sum) + max - logits[n * classes + labels[n]];
  }

  @Override
  public Work work() {
    long operations = 2L * classes * input.channels() * input.batch();
    return new Work("head", operations, 2 * operations);
  }

  @Override
  public long multiplyAdds() {
    return (long) classes * input.channels();
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public void forward(Pass pass) {
    kernels.exampleMeans(input.value(), input.extent().places(), pooled);
    double[] w = pass.weights();
    int batch = input.batch();
    for (int n = 0; n < batch; n++) {
      for (int k = 0; k < classes; k++) {
        double logit = w[bias.offset() + k];
        for (int c = 0; c < input.channels(); c++) {
          logit += w[weight.offset() + k * input.channels() + c] * pooled[c * batch + n];
        }
        logits[n * classes + k] = logit;
      }
    }
  }

  @Override
  public void backward(Pass pass) {
    int batch = input.batch();
    int channels = input.channels();
    Examples examples = input.extent().places();
    double[] perColumn = new double[channels * batch];
    for (int n = 0; n < batch; n++) {
      int columns = examples.length(n);
      crossEntropy(n);
      for (int k = 0; k < classes; k++) {
        double label = (labels[n] == k ? 1 - smoothing : 0) + smoothing / classes;
        double error = lossWeight * (probabilities[n * classes + k] - label) / batch;
        if (pass.wantsWeights()) {
          pass.weightGradient()[bias.offset() + k] += error;
        }
        for (int c = 0; c < channels; c++) {
          int at = weight.offset() + k * channels + c;
          if (pass.wantsWeights()) {
            pass.weightGradient()[at] += error * pooled[c * batch + n];
          }
          perColumn[c * batch + n] += error * pass.weights()[at] / columns;
        }
      }
    }
    kernels.addToExamples(perColumn, examples, input.gradient());
  }
}
