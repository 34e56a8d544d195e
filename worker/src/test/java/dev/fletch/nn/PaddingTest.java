package dev.fletch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenBatch;
import dev.fletch.data.TokenShape;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SkipDropout;
import dev.fletch.supernet.Supernet;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.task.Classification;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a network makes of texts does not depend on how much room there is for them: neither for
 * more texts, nor for longer ones, nor on what ran before in the same memory.
 */
class PaddingTest {
  private static final int CLASSES = 3;
  private static final StepId AT = new StepId(1, 0);
  private static final int[] LENGTHS = {4, 1, 6, 3};

  /** All but a few that are like others. */
  private static final List<Operation> SPACE =
      Stream.of(
              "identity",
              "sep_conv_1",
              "sep_conv_3+tanh",
              "dil_conv_5",
              "avg_pool_5",
              "max_pool_3+sigmoid",
              "attention+relu")
          .map(name -> Operation.find(name).orElseThrow())
          .toList();

  private static TokenBatch texts(int longest, int... lengths) {
    return DoublePlan.randomTexts(new TokenShape(longest, 11), CLASSES, lengths);
  }

  private static PlannedNetwork supernet(int batch, int longest) {
    EdgeSettings edges = EdgeSettings.PLAIN.with(new SkipDropout(0.4, 0, 4, 0));
    return new Supernet(
        new SupernetSettings(8, 3, 2, 2, SPACE),
        edges,
        new TokenShape(longest, 11),
        new Classification(CLASSES),
        batch,
        1);
  }

  private static PlannedNetwork candidate(int batch, int longest) {
    CellPair genotype =
        CellPair.parse(
            "normal=[identity:0,attention:1|sep_conv_5+relu:1,avg_pool_3+tanh:2]"
                + " reduction=[max_pool_5:1,identity:0|attention+sigmoid:0,dil_conv_3:2]");
    return (PlannedNetwork)
        Networks.of(
            genotype,
            new CandidateSettings(8, 3, 2, 0, 0.4, 2),
            new TokenShape(longest, 11),
            new Classification(CLASSES),
            batch,
            1);
  }

  private static float[] mixing(PlannedNetwork network) {
    float[] mixing = new float[network.mixingCount()];
    Arrays.fill(mixing, 0.25f);
    return mixing;
  }

  private static void checkRoomDoesNotMatter(PlannedNetwork tight, PlannedNetwork roomy) {
    float[] weights = tight.initialWeights(3);
    float[] mixing = mixing(tight);
    BatchGradients expected =
        tight.gradients(texts(6, LENGTHS), 7, AT, weights, mixing, Wanted.BOTH);
    roomy.gradients(texts(20, 20, 3, 17, 20, 9, 20), 5, AT, weights, mixing, Wanted.BOTH);
    BatchGradients actual =
        roomy.gradients(texts(20, LENGTHS), 7, AT, weights, mixing, Wanted.BOTH);
    assertThat(actual.score()).isEqualTo(expected.score());
    assertThat(actual.weights().array()).isEqualTo(expected.weights().array());
    assertThat(actual.mixing()).isEqualTo(expected.mixing());
    assertThat(actual.statistics().array()).isEqualTo(expected.statistics().array());
    assertThat(roomy.lastLogits()).isEqualTo(tight.lastLogits()).hasSize(4 * CLASSES);
  }

  @Test
  void roomDoesNotChangeABitOfASupernet() {
    try (PlannedNetwork tight = supernet(4, 6);
        PlannedNetwork roomy = supernet(9, 20)) {
      checkRoomDoesNotMatter(tight, roomy);
    }
  }

  @Test
  void roomDoesNotChangeABitOfACandidate() {
    try (PlannedNetwork tight = candidate(4, 6);
        PlannedNetwork roomy = candidate(9, 20)) {
      checkRoomDoesNotMatter(tight, roomy);
    }
  }

  /** But for rounding: a BLAS adds up its last columns in another order than those before. */
  @Test
  void inEvaluationATextIsWhatItIsAlone() {
    try (PlannedNetwork supernet = supernet(4, 6);
        PlannedNetwork candidate = candidate(4, 6)) {
      for (PlannedNetwork network : List.of(supernet, candidate)) {
        float[] weights = network.initialWeights(3);
        float[] statistics = network.initialStatistics();
        TokenBatch together = texts(6, LENGTHS);
        float[] all = network.logits(together, weights, mixing(network), statistics);
        int from = 0;
        for (int n = 0; n < LENGTHS.length; n++) {
          TokenBatch alone =
              new TokenBatch(
                  together.input(),
                  Arrays.copyOfRange(together.tokens(), from, from + LENGTHS[n]),
                  new int[] {LENGTHS[n]},
                  new int[] {together.targets()[n]},
                  new int[] {together.examples()[n]});
          assertThat(network.logits(alone, weights, mixing(network), statistics))
              .as("logits of text %d", n)
              .containsExactly(
                  Arrays.copyOfRange(all, n * CLASSES, (n + 1) * CLASSES), within(1e-6f));
          from += LENGTHS[n];
        }
      }
    }
  }
}
