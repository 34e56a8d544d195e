package dev.fletch.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.data.TokenBatch;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Stem;
import dev.fletch.nn.EmbeddingSettings;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Packed texts in the engine, padded ones in DL4J. */
class TextModelTest {
  /** Of one word, of odd and even numbers, much longer than others, and two alike. */
  private static final TokenBatch TEXTS = SampleNetworks.texts(5, 1, 12, 7, 2, 7, 3);

  static final Architecture EVERYTHING =
      CellPair.parse(
          "normal=[sep_conv_3+relu:0,attention:1|max_pool_3:2,avg_pool_5+tanh:1"
              + "|dil_conv_3:3,identity:0] "
              + "reduction=[identity:0,max_pool_3:1|attention:0,sep_conv_5+sigmoid:1"
              + "|avg_pool_3:0,dil_conv_5:3]");

  static CandidateSettings settings(int layers, List<Integer> reduceAfter) {
    return new CandidateSettings(8, layers, Stem.CIFAR, 1, 0, 0, 1, 0, reduceAfter);
  }

  /** Of cells: with stride 1 and, in the cells that reduce, 2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity",
        "identity+tanh",
        "sep_conv_1",
        "sep_conv_3",
        "sep_conv_5+relu",
        "dil_conv_1",
        "dil_conv_3",
        "dil_conv_5+sigmoid",
        "avg_pool_3",
        "avg_pool_5",
        "max_pool_3",
        "max_pool_5+relu",
        "attention",
        "attention+tanh",
        "max_pool_3x3",
        "sep_conv_7x7"
      })
  void everyOperationGivesWhatTheEngineGives(String operation) {
    String cell = "[%s:0,%s:1|%s:2,identity:2|%s:0]".replace("%s", operation);
    CellPair two = CellPair.parse("normal=" + cell + " reduction=" + cell);
    ModelComparison.assertSame(two, settings(3, List.of()), TEXTS);
    String port =
        "genome output=1 nodes=[1:add(%s,identity)] connections=[1:0>1:I,2:0>1:J]"
            .formatted(operation);
    ModelComparison.assertSame(Genome.parse(port), settings(2, List.of()), TEXTS);
  }

  @ParameterizedTest
  @CsvSource({"3, ''", "4, ''", "3, '1,2'", "4, '1,3'"})
  void cellsGiveWhatTheEngineGives(int layers, String reduceAfter) {
    List<Integer> places =
        Arrays.stream(reduceAfter.split(","))
            .filter(place -> !place.isEmpty())
            .map(Integer::valueOf)
            .toList();
    Architecture cells =
        places.isEmpty()
            ? EVERYTHING
            : CellPair.parse("cell=[attention:0,max_pool_5:1|max_pool_5*:1,sep_conv_3+sigmoid*:2]");
    ModelComparison.assertSame(cells, settings(layers, places), TEXTS);
  }

  /**
   * Products of states, a state twice in a node, pools between copies. Products of products enlarge
   * what rounding leaves: the engine's own two kinds of kernels differ by 4e-5 here.
   */
  @Test
  void aLargeGenomeGivesWhatTheEngineGives() {
    Genome genome =
        Genome.parse(
            "genome output=4 nodes=[1:multiply(sep_conv_3+relu,dil_conv_5+sigmoid)"
                + "|2:add(identity,identity)|3:multiply(attention,max_pool_3)"
                + "|4:add(avg_pool_5,max_pool_3)]"
                + " connections=[1:0>1:I,2:0>1:J,3:1>2:I,4:1>2:J,5:2>3:I,6:0>3:I,7:1>3:J,8:3>4:I"
                + ",9:2>4:J,10:0>4:J]");
    ModelComparison.assertSame(genome, settings(3, List.of(1, 2)), TEXTS, 1e-4f);
  }

  /** A 1x1 convolution follows it, to as many channels as the stem is to have. */
  @Test
  void anEmbeddingOfAnotherWidthGivesWhatTheEngineGives() {
    CandidateSettings wide =
        new CandidateSettings(
            8, 2, Stem.CIFAR, 3, 0, 0, 1, 0, List.of(), new EmbeddingSettings(5, 0.1, 0.2), 0.2);
    ModelComparison.assertSame(EVERYTHING, wide, TEXTS);
    ModelComparison.assertSame(
        Genome.parse(
            "genome output=1 nodes=[1:add(sep_conv_3,identity)] connections=[1:0>1:I,2:0>1:J]"),
        wide,
        TEXTS);
  }

  /** Whatever else is in the minibatch, and however much is padded. */
  @Test
  void aTextHasItsProbabilitiesInAnyMinibatch() {
    ModelComparison.compare(
        EVERYTHING,
        settings(4, List.of()),
        TEXTS,
        (model, expected) -> {
          INDArray words = Dl4jModel.features(TEXTS);
          INDArray padded = Nd4j.concat(1, words, Nd4j.zeros(DataType.FLOAT, words.size(0), 9));
          assertSame(model.outputSingle(padded), expected, 0);
          for (int n = 0; n < TEXTS.size(); n++) {
            INDArray alone =
                words.get(
                    NDArrayIndex.interval(n, n + 1), NDArrayIndex.interval(0, TEXTS.lengths()[n]));
            assertSame(model.outputSingle(alone.dup('c')), expected, n);
          }
        });
  }

  /** A network that sees no order at all. */
  @Test
  void wordsForPaddingAreOfNoTextAndThoseForUnknownWordsAre() {
    ModelComparison.compare(
        CellPair.parse("normal=[identity:0] reduction=[identity:0]"),
        settings(1, List.of()),
        TEXTS,
        (model, expected) -> {
          float[] plain = predicted(model, 4, 5, 6);
          assertThat(predicted(model, 4, 5, 6, 0, 0))
              .usingComparatorWithPrecision(1e-6f)
              .containsExactly(plain);
          assertThat(predicted(model, 4, 5, 6, 1)).isNotEqualTo(plain);
        });
  }

  private static float[] predicted(ComputationGraph model, float... words) {
    return model.outputSingle(Nd4j.create(new float[][] {words})).dup('c').data().asFloat();
  }

  /**
   * @param from the text that {@code actual} begins with
   */
  private static void assertSame(INDArray actual, double[] expected, int from) {
    float[] probabilities = actual.dup('c').data().asFloat();
    for (int i = 0; i < probabilities.length; i++) {
      assertThat((double) probabilities[i])
          .as("text %d", from + i / SampleNetworks.CLASSES)
          .isCloseTo(expected[from * SampleNetworks.CLASSES + i], within(1e-5));
    }
  }
}
