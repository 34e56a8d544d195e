package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.Wanted;
import dev.fletch.task.Classification;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The candidate network for large images, NetworkImageNet of quark0/darts. */
class LargeImageNetworkTest {
  private static final StepId AT = new StepId(0, 0);
  private static final double SMOOTHING = 0.1;

  /**
   * The sums of a PyTorch 2.13 model in double precision with the same sines for weights and
   * pixels: logits, 0.9 of whose labels count, and gradients with respect to some weights.
   */
  private static final double[] LOGITS = {
    4.809440383357103, 3.1112207170272255, -7.333694883758195, 2.2611807071660293,
        5.6649090096777694,
    4.709377084236786, 3.1355899565217626, -7.253284846906512, 2.1719625681792696, 5.656451416435828
  };

  private static final double PLAIN_LOSS = 3.4360994265909475;
  private static final double LOSS_OF_BOTH_HEADS = 4.081059036577713;

  /** Of each gradient its norm and the sum of its elements times sin(0), sin(1), ... */
  private static final Map<String, double[]> GRADIENTS =
      Map.of(
          "stem0.0.weight", new double[] {104.03663850678332, -5.498686558101003},
          "stem0.3.weight", new double[] {3.0939017538593228, -2.663821268727053},
          "stem1.1.weight", new double[] {5.271016440974802, 0.7721195787645212},
          "stem1.2.weight", new double[] {4.215043885058982, 2.06998460816571},
          "cells.0.preprocess0.conv_1.weight",
              new double[] {1.655875524820393, -0.051410847789517544},
          "auxiliary_head.features.2.weight",
              new double[] {10.973716611948282, 0.10574644462644622},
          "auxiliary_head.features.5.weight",
              new double[] {49.253334194320544, -6.142967034971223});

  /** "4.7 million" in table 3 of the DARTS paper; PyTorch counts the same for both. */
  @Test
  void hasThePublishedSize() {
    try (CandidateNetwork network = network(48, 14, 1000, new ImageShape(3, 64, 64), 1)) {
      assertThat(network.publishedSize()).isEqualTo(4_718_752);
      assertThat(network.weightCount()).isEqualTo(5_979_528);
    }
  }

  @Test
  void computesWhatPyTorchComputes() {
    ImageBatch batch = sines(new ImageShape(3, 224, 224), 1, 3);
    try (CandidateNetwork network = network(4, 3, 5, batch.input(), 2)) {
      float[] weights = sines(network);
      double loss =
          network.gradients(batch, 0, AT, weights, new float[0], Wanted.WEIGHTS).score().lossSum();
      assertThat(loss / 2).isCloseTo(PLAIN_LOSS, within(1e-4));
      float[] logits = network.lastLogits();
      for (int i = 0; i < LOGITS.length; i++) {
        assertThat((double) logits[i]).as("logit %d", i).isCloseTo(LOGITS[i], within(1e-3));
      }
      try (DoublePlan plan = DoublePlan.of(network, batch, AT, weights, new float[0])) {
        plan.differentiate();
        double[] gradient = plan.pass().weightGradient().array().clone();
        assertThat(plan.loss()).isCloseTo(LOSS_OF_BOTH_HEADS, within(1e-9));
        GRADIENTS.forEach((name, sums) -> check(slot(network, name), gradient, sums));
      }
    }
  }

  private static void check(WeightSlot slot, double[] gradient, double[] sums) {
    double squares = 0;
    double sum = 0;
    for (int i = 0; i < slot.length(); i++) {
      double value = gradient[slot.offset() + i];
      squares += value * value;
      sum += value * Math.sin(i);
    }
    assertThat(Math.sqrt(squares)).as(slot.name()).isCloseTo(sums[0], within(1e-7));
    assertThat(sum).as(slot.name()).isCloseTo(sums[1], within(1e-7));
  }

  /** Of images whose sides no power of two divides. */
  @Test
  void gradientsAreThoseOfTheLossOnSmoothedLabels() {
    ImageShape shape = new ImageShape(2, 37, 45);
    try (CandidateNetwork network = network(4, 3, 3, shape, 3)) {
      ImageBatch batch = DoublePlan.randomBatch(shape, 3, 3);
      float[] weights = network.initialWeights(3);
      try (DoublePlan plan = DoublePlan.of(network, batch, AT, weights, new float[0])) {
        IntStream ofTheStem = IntStream.range(0, slot(network, "stem1.2.bias").offset());
        IntStream ofTheHead =
            network.weightSlots().stream()
                .filter(slot -> slot.name().startsWith(AuxiliaryHead.NAME))
                .mapToInt(slot -> slot.offset() + slot.length() / 3);
        int[] indices = IntStream.concat(ofTheStem.filter(i -> i % 9 == 0), ofTheHead).toArray();
        plan.differentiate();
        double[] gradient = plan.pass().weightGradient().array().clone();
        CentralDifferences.check(
            "weight", plan::loss, plan.pass().weights().array(), gradient, indices);
      }
    }
  }

  /** Evaluation and reported losses are on labels as they are. */
  @Test
  void smoothingActsOnGradientsOnly() {
    ImageShape shape = new ImageShape(1, 16, 16);
    ImageBatch batch = DoublePlan.randomBatch(shape, 4, 3);
    try (CandidateNetwork smooth = cifar(shape, 0.2);
        CandidateNetwork plain = cifar(shape, 0)) {
      float[] weights = smooth.initialWeights(1);
      float[] statistics = smooth.initialStatistics();
      var ofSmooth = smooth.gradients(batch, 0, AT, weights, new float[0], Wanted.WEIGHTS);
      var ofPlain = plain.gradients(batch, 0, AT, weights, new float[0], Wanted.WEIGHTS);
      assertThat(ofSmooth.score()).isEqualTo(ofPlain.score());
      assertThat(ofSmooth.weights().array()).isNotEqualTo(ofPlain.weights().array());
      assertThat(smooth.evaluate(batch, weights, new float[0], statistics))
          .isEqualTo(plain.evaluate(batch, weights, new float[0], statistics));
    }
  }

  private static CandidateNetwork cifar(ImageShape shape, double smoothing) {
    CandidateSettings settings = new CandidateSettings(4, 2, Stem.CIFAR, 3, 0, 0, 1, smoothing);
    return new CandidateNetwork(
        PublishedGenotypes.find("DARTS_V2"), settings, shape, new Classification(3), 4, 1);
  }

  private static CandidateNetwork network(
      int channels, int layers, int classes, ImageShape shape, int batch) {
    CandidateSettings settings =
        new CandidateSettings(channels, layers, Stem.IMAGENET, 3, 0.4, 0, 250, SMOOTHING);
    return new CandidateNetwork(
        PublishedGenotypes.find("DARTS_V2"),
        settings,
        shape,
        new Classification(classes),
        batch,
        1);
  }

  private static WeightSlot slot(CandidateNetwork network, String name) {
    return network.weightSlots().stream()
        .filter(slot -> slot.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Every block of weights begins at another phase: the sum of its name's characters. */
  private static float[] sines(CandidateNetwork network) {
    float[] weights = new float[network.weightCount()];
    for (WeightSlot slot : network.weightSlots()) {
      float[] values = sines(slot.length(), slot.name().chars().sum());
      System.arraycopy(values, 0, weights, slot.offset(), values.length);
    }
    return weights;
  }

  private static ImageBatch sines(ImageShape shape, int... labels) {
    int[] examples = IntStream.range(0, labels.length).toArray();
    return new ImageBatch(shape, sines(labels.length * shape.values(), 1), labels, examples);
  }

  private static float[] sines(int length, double start) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) Math.sin(start + 1.7 * i);
    }
    return values;
  }
}
