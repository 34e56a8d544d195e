package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.Wanted;
import dev.fletch.task.Classification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that nothing enters are no part of a network. */
class IsolatedNodesTest {
  private static final ImageShape SHAPE = new ImageShape(1, 9, 9);
  private static final int CLASSES = 4;
  private static final int BATCH = 6;

  /**
   * Millions, cut off, as listed in xiaomi-automl/FairDARTS, {@code fairdarts/genotypes.py}:
   * FairDARTS_a, e and g, whose figures are those with the auxiliary head, and c, whose is not.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sep_conv_3x3:0,sep_conv_5x5:1||max_pool_3x3:0|sep_conv_3x3:0;"
            + "max_pool_3x3:0,avg_pool_3x3:1|avg_pool_3x3:0,dil_conv_5x5:1"
            + "|avg_pool_3x3:0,sep_conv_5x5:1|skip_connect:0,skip_connect:1; true; 2.83",
        "sep_conv_3x3:0,sep_conv_3x3:1||dil_conv_3x3:1,dil_conv_3x3:2"
            + "|dil_conv_3x3:0,dil_conv_5x5:1;"
            + "max_pool_3x3:1,max_pool_3x3:0|max_pool_3x3:1,max_pool_3x3:0"
            + "|sep_conv_5x5:1,max_pool_3x3:0|avg_pool_3x3:0,dil_conv_5x5:1; true; 3.12",
        "sep_conv_3x3:0,sep_conv_3x3:1||skip_connect:3,sep_conv_5x5:1"
            + "|dil_conv_3x3:0,sep_conv_3x3:1;"
            + "avg_pool_3x3:1,skip_connect:0|skip_connect:2,max_pool_3x3:1"
            + "|sep_conv_5x5:3,max_pool_3x3:0|dil_conv_3x3:1,dil_conv_3x3:4; true; 3.375",
        "max_pool_3x3:0,sep_conv_5x5:1||dil_conv_3x3:0,dil_conv_5x5:2"
            + "|skip_connect:3,sep_conv_3x3:0;"
            + "dil_conv_3x3:1,dil_conv_5x5:0|dil_conv_3x3:0,sep_conv_3x3:1"
            + "|sep_conv_5x5:0,sep_conv_5x5:3|sep_conv_5x5:0,skip_connect:1; false; 2.59"
      })
  void hasThePublishedSizeWithIsolatedNodes(
      String normal, String reduction, boolean auxiliary, String millions) {
    CellPair genotype = new CellPair(CellGenotype.parse(normal), CellGenotype.parse(reduction));
    CandidateSettings settings = new CandidateSettings(36, 20, 3, 0.4, 0.2, 600);
    try (CandidateNetwork network =
        new CandidateNetwork(
            genotype, settings, new ImageShape(3, 32, 32), new Classification(10), 1, 1)) {
      long size = auxiliary ? network.weightCount() : network.publishedSize();
      assertThat(Double.toString(size / 1e6)).startsWith(millions);
    }
  }

  /**
   * A normal cell and two reductions with 2, 4 and 8 channels, each with one node that counts: the
   * first, and what reads it, is left out. Stem 9*2 + 4; inputs of the cells 2*(2*2 + 4), 2*(2*4 +
   * 8), and 2*8 + 16 and 4*8 + 16; separable convolution 2*(9*2 + 2*2 + 4), factorized reductions
   * 4*4 + 8 and 8*8 + 16; classifier 8*2 + 2.
   */
  @Test
  void isolatedNodesHaveNoWeights() {
    CellPair genotype =
        CellPair.parse("normal=[|sep_conv_5x5:2,sep_conv_3x3:1] reduction=[|skip_connect:0]");
    CandidateSettings settings = new CandidateSettings(2, 3, 1, 0, 0, 1);
    try (CandidateNetwork network =
        new CandidateNetwork(
            genotype, settings, new ImageShape(1, 8, 8), new Classification(2), 1, 1)) {
      assertThat(network.weightCount())
          .isEqualTo(22 + 16 + 32 + 32 + 48 + 52 + 24 + 80 + 18)
          .isEqualTo(324);
    }
  }

  /** Nothing reads an isolated node, so a cell is the same without it. */
  @Test
  void isolatedNodesChangeNothing() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    CandidateSettings settings = new CandidateSettings(4, 3, 3, 0.4, 0.5, 10);
    String with =
        "normal=[|sep_conv_3x3:0|sep_conv_5x5:2|skip_connect:3] "
            + "reduction=[max_pool_3x3:0|||skip_connect:1]";
    String without =
        "normal=[sep_conv_3x3:0|skip_connect:2] reduction=[max_pool_3x3:0|skip_connect:1]";
    try (CandidateNetwork one =
            new CandidateNetwork(
                CellPair.parse(with), settings, SHAPE, new Classification(CLASSES), BATCH, 1);
        CandidateNetwork other =
            new CandidateNetwork(
                CellPair.parse(without), settings, SHAPE, new Classification(CLASSES), BATCH, 1)) {
      BatchGradients gradients = gradients(one, batch);
      assertThat(gradients.score()).isEqualTo(gradients(other, batch).score());
      assertThat(gradients.weights().array()).isEqualTo(gradients(other, batch).weights().array());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "normal=[|] reduction=[|skip_connect:0]; normal",
        "normal=[|skip_connect:0] reduction=[|skip_connect:2]; reduction"
      })
  void refusesACellThatNothingEnters(String text, String cell) {
    CandidateSettings settings = new CandidateSettings(4, 3, 3, 0, 0, 10);
    assertThatThrownBy(
            () ->
                new CandidateNetwork(
                    CellPair.parse(text), settings, SHAPE, new Classification(CLASSES), BATCH, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot build the network of %s: nothing enters any node of its %s cell;"
                + " derive with a lower threshold, or search longer",
            text, cell);
  }

  /** Paths are dropped. */
  private static BatchGradients gradients(CandidateNetwork network, ImageBatch batch) {
    float[] weights = network.initialWeights(1);
    return network.gradients(batch, 1, new StepId(9, 0), weights, new float[0], Wanted.WEIGHTS);
  }
}
