package dev.fletch.nn;

import dev.fletch.engine.Classifier;
import dev.fletch.engine.Doubles;
import dev.fletch.engine.Examples;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.WeightSlot;
import java.util.Arrays;

/**
 * Mean over the pixels of each image, or the positions of each text, linear classifier and softmax
 * cross-entropy: {@code [C, P]} to a mean loss. The small matrices are worked on in double
 * precision.
 */
public final class Head implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final Classifier classifier;
  private final int classes;
  private final Doubles pooled;
  private final Doubles logits;
  private final Doubles expected;
  private final Doubles perColumn;
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
    this.classes = bias.length();
    this.classifier =
        new Classifier(
            weight.offset(), bias.offset(), input.channels(), classes, lossWeight, smoothing);
    this.pooled = kernels.doubles(input.channels() * input.batch());
    this.logits = kernels.doubles(input.batch() * classes);
    this.expected = kernels.doubles(input.batch());
    this.perColumn = kernels.doubles(pooled.length());
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
    expected.write(Arrays.stream(next).asDoubleStream().toArray());
  }

  /** {@code [N, classes]} of the last forward pass. */
  public float[] logits() {
    double[] all = logits.toDoubles();
    float[] copy = new float[input.batch() * classes];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (float) all[i];
    }
    return copy;
  }

  /** Loss on plain labels and hits of the last forward pass, without its weight. */
  public BatchScore score() {
    return score(logits.toDoubles());
  }

  private BatchScore score(double[] of) {
    double[] probabilities = new double[classes];
    double loss = 0;
    int correct = 0;
    for (int n = 0; n < input.batch(); n++) {
      correct += predicted(of, n) == labels[n] ? 1 : 0;
      loss += classifier.loss(of, n * classes, labels[n], probabilities);
    }
    return new BatchScore(loss, correct, input.batch());
  }

  /** The {@link #score} of a forward pass in evaluation mode, with the predictions if kept. */
  BatchScore evaluation() {
    double[] of = logits.toDoubles();
    return keepsPredictions ? score(of).with(predictions(of)) : score(of);
  }

  /** What the last forward pass took each example for: of equal logits the first. */
  private Predictions predictions(double[] of) {
    int[] predicted = new int[input.batch()];
    Arrays.setAll(predicted, n -> predicted(of, n));
    return new Predictions(classes, labels.clone(), predicted);
  }

  private int predicted(double[] of, int n) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (of[n * classes + k] > of[n * classes + best]) {
        best = k;
      }
    }
    return best;
  }

  /**
   * Mean loss of the last forward pass times its weight: what a training pass differentiates, on
   * smoothed labels.
   */
  public double weightedLoss() {
    double[] of = logits.toDoubles();
    double loss = score(of).lossSum();
    for (int n = 0; classifier.smoothing() > 0 && n < input.batch(); n++) {
      // cross-entropy is linear in the label
      for (int k = 0; k < classes; k++) {
        double above = of[n * classes + labels[n]] - of[n * classes + k];
        loss += above * classifier.smoothing() / classes;
      }
    }
    return classifier.lossWeight() * loss / input.batch();
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
    kernels.small().classify(classifier, pass.weights(), pooled, input.batch(), logits);
  }

  @Override
  public void backward(Pass pass) {
    Examples examples = input.extent().places();
    kernels
        .small()
        .classifyBackward(classifier, pass, pooled, logits, expected, examples, perColumn);
    kernels.addToExamples(perColumn, examples, input.gradient());
  }
}
