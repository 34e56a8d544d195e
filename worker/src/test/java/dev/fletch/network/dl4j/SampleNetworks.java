package dev.fletch.network.dl4j;

import dev.fletch.architecture.CellPair;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.Batch;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageExamples;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenBatch;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.nn.Wanted;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** Networks that look trained, and real images, or drawn texts, for them. */
final class SampleNetworks {
  static final int CLASSES = 10;

  /** Every operation in both cells, a state that a node reads twice, and nodes of 1 and 3 genes. */
  static final CellPair EVERYTHING =
      CellPair.parse(
          "normal=[skip_connect:0,skip_connect:0|avg_pool_3x3:2,max_pool_3x3:1,sep_conv_3x3:0"
              + "|sep_conv_5x5:0,dil_conv_3x3:1|dil_conv_5x5:2|sep_conv_7x7:1,max_pool_3x3:3] "
              + "reduction=[skip_connect:0,skip_connect:1|avg_pool_3x3:0,avg_pool_3x3:2"
              + "|max_pool_3x3:1,sep_conv_3x3:0,skip_connect:2|sep_conv_5x5:1,dil_conv_3x3:0"
              + "|dil_conv_5x5:1,sep_conv_7x7:0]");

  private SampleNetworks() {}

  /** Three or more cells; both kinds of first input. */
  static CandidateSettings settings(int layers) {
    return new CandidateSettings(4, layers, 3, 0.4, 0.2, 10);
  }

  /**
   * The first test images of Fashion-MNIST, cut to {@code height} by {@code width} around their
   * middle, and repeated where that is more than they have.
   */
  static ImageBatch images(int count, int height, int width) {
    DataSettings data =
        new DataSettings(new IdxFormat(), "bundled:fashion-mnist", List.of(), List.of(), 0, 0, 0.5);
    AugmentationSettings plain = new AugmentationSettings(0, false, 0);
    ImageBatch whole =
        ImageExamples.open(data, plain, 1, new Configuration()).evaluation(Portion.TEST, 0, count);
    int side = whole.input().height();
    float[] cut = new float[count * height * width];
    for (int i = 0; i < cut.length; i++) {
      int y = Math.floorMod(i / width % height + (side - height) / 2, side);
      int x = Math.floorMod(i % width + (side - width) / 2, side);
      cut[i] = whole.images()[(i / width / height * side + y) * side + x];
    }
    return new ImageBatch(new ImageShape(1, height, width), cut, whole.targets(), whole.examples());
  }

  /** Drawn words; texts as long as said. */
  static TokenBatch texts(int... lengths) {
    TokenShape shape = new TokenShape(Arrays.stream(lengths).max().orElseThrow() + 2, 23);
    Random random = new Random(8);
    int[] words = new int[Arrays.stream(lengths).sum()];
    Arrays.setAll(words, i -> 1 + random.nextInt(shape.vocabulary() - 1));
    int[] numbers = new int[lengths.length];
    Arrays.setAll(numbers, i -> i);
    return new TokenBatch(shape, words, lengths, numbers, numbers);
  }

  /** Drawn weights, gamma and beta included; a classifier that makes much of little. */
  static float[] weights(ArchitectureNetwork network) {
    float[] weights = network.initialWeights(5);
    Random random = new Random(6);
    for (WeightSlot slot : network.weightSlots()) {
      if (slot.name().equals("classifier.weight")) {
        for (int i = slot.offset(); i < slot.offset() + slot.length(); i++) {
          weights[i] *= 3;
        }
      }
      if (slot.initialization() != WeightSlot.Initialization.UNIFORM) {
        for (int i = slot.offset(); i < slot.offset() + slot.length(); i++) {
          weights[i] += (float) (0.4 * random.nextGaussian());
        }
      }
    }
    return weights;
  }

  /** Near those of {@code batch}, so that activations are as after a training. */
  static float[] statistics(ArchitectureNetwork network, Batch batch, float[] weights) {
    float[] statistics =
        network
            .gradients(batch, 1, new StepId(0, 0), weights, new float[0], Wanted.WEIGHTS)
            .statistics()
            .array();
    Random random = new Random(7);
    for (StatisticsSlot slot : network.statisticsSlots()) {
      for (int c = 0; c < slot.channels(); c++) {
        float variance = statistics[slot.variances() + c];
        statistics[slot.offset() + c] +=
            (float) (0.2 * random.nextGaussian() * Math.sqrt(variance));
        statistics[slot.variances() + c] *= 0.7f + 0.6f * random.nextFloat();
      }
    }
    return statistics;
  }

  /** What the engine makes of {@code batch}: softmax of its logits, {@code [N, classes]}. */
  static double[] probabilities(
      ArchitectureNetwork network, Batch batch, float[] weights, float[] statistics) {
    float[] logits = network.logits(batch, weights, new float[0], statistics);
    double[] probabilities = new double[logits.length];
    for (int n = 0; n < batch.size(); n++) {
      double sum = 0;
      for (int k = n * CLASSES; k < (n + 1) * CLASSES; k++) {
        probabilities[k] = Math.exp(logits[k]);
        sum += probabilities[k];
      }
      for (int k = n * CLASSES; k < (n + 1) * CLASSES; k++) {
        probabilities[k] /= sum;
      }
    }
    return probabilities;
  }
}
