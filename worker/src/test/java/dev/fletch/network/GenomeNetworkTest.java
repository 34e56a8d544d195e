package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.BaselineGenomes;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.task.Classification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GenomeNetworkTest {
  private static final ImageShape SHAPE = new ImageShape(2, 7, 9);
  private static final TokenShape TEXTS = new TokenShape(7, 6);
  private static final int CLASSES = 3;
  private static final int BATCH = 4;

  /** Two nodes before the output, sums at its ports, a pool that two nodes share. */
  private static final Genome GENOME =
      Genome.parse(
          "genome output=1 nodes=[1:add(sep_conv_3x3,skip_connect)"
              + "|2:add(max_pool_3x3,dil_conv_3x3)|5:add(max_pool_3x3,skip_connect)]"
              + " connections=[1:0>1:J,2:0>2:I,3:0>2:J,4:2>1:I,5:0>5:I,6:2>5:J,7:5>1:J,8:5>1:I]");

  /** Drop path acts from the second epoch on, with probability 0.15. */
  private static final StepId AT = new StepId(1, 0);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1:add(sep_conv_3x3,skip_connect); 1:0>1:I,2:0>1:J",
        "1:add(skip_connect,skip_connect); 1:0>1:I,2:0>1:J",
        "1:add(skip_connect,none); 1:0>1:I,2:0>1:J",
        "1:add(max_pool_3x3,max_pool_3x3); 1:0>1:I,2:0>1:J",
        "1:multiply(sep_conv_3x3,skip_connect); 1:0>1:I,2:0>1:J",
        "1:multiply(skip_connect,skip_connect); 1:0>1:I,2:0>1:J",
        "1:multiply(max_pool_3+tanh,dil_conv_3+sigmoid); 1:0>1:I,2:0>1:J",
        "1:multiply(none,avg_pool_3x3)|2:add(sep_conv_5x5,none); 1:0>2:I,2:0>1:J,3:2>1:J"
      })
  void hasTheGradientOfSmallGenomes(String nodes, String connections) {
    checkGradient(
        Genome.parse("genome output=1 nodes=[%s] connections=[%s]".formatted(nodes, connections)));
  }

  @Test
  void hasTheGradientOfSharedStatesAndSums() {
    checkGradient(GENOME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1:add(sep_conv_3+relu,identity); 1:0>1:I,2:0>1:J",
        "1:multiply(dil_conv_5+sigmoid,max_pool_3)|2:add(attention,identity);"
            + " 1:0>2:I,2:0>2:J,3:2>1:I,4:0>1:J"
      })
  void hasTheGradientOfGenomesForTexts(String nodes, String connections) {
    checkGradient(
        Genome.parse("genome output=1 nodes=[%s] connections=[%s]".formatted(nodes, connections)),
        8,
        DoublePlan.randomTexts(TEXTS, CLASSES, 7, 1, 6, 2));
  }

  @ParameterizedTest
  @EnumSource
  void hasTheGradientOfTheBaselines(BaselineGenomes baseline) {
    checkGradient(baseline.genome(), 8, DoublePlan.randomTexts(TEXTS, CLASSES, 7, 1, 6, 2));
    checkGradient(baseline.genome(), 8, DoublePlan.randomBatch(SHAPE, BATCH, CLASSES));
  }

  private static void checkGradient(Genome genome) {
    checkGradient(genome, 4, DoublePlan.randomBatch(SHAPE, BATCH, CLASSES));
  }

  private static void checkGradient(Genome genome, int channels, Batch batch) {
    CandidateSettings settings =
        new CandidateSettings(channels, 2, Stem.CIFAR, 3, 0, 0.3, 2, 0, List.of(1));
    try (GenomeNetwork network = networkOf(genome, settings, batch.input());
        DoublePlan plan =
            DoublePlan.of(network, batch, AT, network.initialWeights(3), new float[0])) {
      plan.differentiate();
      double[] gradient = plan.pass().weightGradient().array().clone();
      CentralDifferences.check("weight", plan::loss, plan.pass().weights().array(), gradient, 10);
    }
  }

  /**
   * Stem 4 * 2 * 9 + 8. A copy of C channels: separable 2 * (9 C + C C + 2 C), dilated 9 C + C C +
   * 2 C. The reduction 4 * 8 + 16. Classifier 8 * 3 + 3.
   */
  @Test
  void hasTheWeightsOfItsNodesInEveryCopy() {
    try (GenomeNetwork network = network(GENOME, settings(2, 1))) {
      assertThat(network.publishedSize())
          .isEqualTo(80 + copy(4) + 48 + copy(8) + 27)
          .isEqualTo(network.weightCount());
      assertThat(network.weightSlots())
          .extracting(WeightSlot::name)
          .startsWith("stem.0.weight")
          .contains(
              "copies.0.nodes.2.J.op.1.weight",
              "copies.1.nodes.1.I.op.5.weight",
              "reductions.1.0.weight",
              "classifier.weight")
          .doesNotHaveDuplicates();
    }
  }

  private static int copy(int channels) {
    return 3 * (11 * channels + channels * channels);
  }

  @Test
  void isTheNetworkOfItsPhenotype() {
    Genome withMore =
        Genome.parse(
            GENOME
                .text()
                .replace("]  connections", "] connections")
                .replace("|5:add", "|3:add(sep_conv_5x5,dil_conv_3x3)|5:add")
                .replace("8:5>1:I", "8:5>1:I,9:0>3:I,10:5>3:J,11:3>1:I:off"));
    assertThat(withMore.nodes()).hasSize(4);
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    try (GenomeNetwork one = network(GENOME, settings(2, 1));
        GenomeNetwork other = network(withMore, settings(2, 1))) {
      float[] weights = one.initialWeights(5);
      assertThat(other.initialWeights(5)).isEqualTo(weights);
      assertThat(other.logits(batch, weights, new float[0], other.initialStatistics()))
          .isEqualTo(one.logits(batch, weights, new float[0], one.initialStatistics()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1:add(none,skip_connect); nothing leads from the input to the output",
        "1:add(skip_connect+relu,none);"
            + " skip_connect is not known with the activation relu; use identity",
      })
  void refusesWhatHasNoNetwork(String nodes, String problem) {
    Genome genome =
        Genome.parse("genome output=1 nodes=[%s] connections=[1:0>1:I]".formatted(nodes));

    assertThatThrownBy(() -> network(genome, settings(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot build the network of ")
        .hasMessageContaining(problem);
  }

  @Test
  void refusesChannelsThatHeadsCannotDivide() {
    Genome genome = Genome.parse(GENOME.text().replace("1:add(sep_conv_3x3", "1:add(attention"));

    assertThatThrownBy(() -> network(genome, settings(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "attention divides its channels among 8 heads and cannot have 4: take a multiple of 8");
  }

  @Test
  void refusesSettingsOfCells() {
    CandidateSettings auxiliary = new CandidateSettings(4, 2, 3, 0.4, 0, 1);
    assertThatThrownBy(() -> network(GENOME, auxiliary))
        .hasMessage(
            "The network of a genome has neither an auxiliary head nor the stem for large images:"
                + " set auxiliary-weight to 0, got 0.4, and stem to cifar, got CIFAR");
    CellPair cells = CellPair.parse("normal=[skip_connect:0] reduction=[skip_connect:0]");
    assertThatThrownBy(() -> Networks.of(cells, settings(2, 1), SHAPE, new Classification(2), 1, 1))
        .hasMessage(
            "Cannot reduce after [1] cells: a genotype has a reduction cell; set reduce-after to"
                + " []");
  }

  @Test
  void refusesToReduceWhereThereIsNoCopy() {
    for (List<Integer> wrong : List.of(List.of(0), List.of(3), List.of(2, 1), List.of(1, 1))) {
      assertThatThrownBy(() -> settings(3, wrong.toArray(Integer[]::new)))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining(
              "reduce-after must be ascending numbers from 1 to layers - 1, got " + wrong);
    }
  }

  private static CandidateSettings settings(int copies, Integer... reduceAfter) {
    return new CandidateSettings(4, copies, Stem.CIFAR, 3, 0, 0.3, 2, 0, List.of(reduceAfter));
  }

  private static GenomeNetwork network(Genome genome, CandidateSettings settings) {
    return networkOf(genome, settings, SHAPE);
  }

  private static GenomeNetwork networkOf(Genome genome, CandidateSettings settings, Input input) {
    return (GenomeNetwork)
        Networks.of(genome, settings, input, new Classification(CLASSES), BATCH, 1);
  }
}
