package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.TokenShape;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.task.Classification;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperationWeightsTest {
  @Test
  void countsOfTheBlocks() {
    // two depthwise kernels of 25 per channel, two 1x1 convolutions, two affine batch norms
    assertThat(OperationWeights.count(Operation.SEP_CONV_5X5, 2, 6, 1, true))
        .isEqualTo(2 * (25 * 6 + 36 + 12));
    assertThat(OperationWeights.count(Operation.SEP_CONV_3X3, 2, 6, 2, false))
        .isEqualTo(2 * (54 + 36));
    assertThat(OperationWeights.count(Operation.DIL_CONV_3X3, 2, 6, 1, false)).isEqualTo(54 + 36);
    assertThat(OperationWeights.count(Operation.SKIP_CONNECT, 2, 6, 1, true)).isZero();
    // two 1x1 convolutions from 6 to 3 channels and a batch norm
    assertThat(OperationWeights.count(Operation.SKIP_CONNECT, 2, 6, 2, true)).isEqualTo(36 + 12);
    for (Operation operation :
        List.of(Operation.NONE, Operation.MAX_POOL_3X3, Operation.AVG_POOL_3X3)) {
      assertThat(OperationWeights.count(operation, 2, 6, 2, true)).isZero();
    }
  }

  /** A kernel of a text has one side. */
  @Test
  void countsOfTheBlocksOnTexts() {
    assertThat(OperationWeights.count(new Operation("sep_conv_5"), 1, 6, 1, true))
        .isEqualTo(2 * (5 * 6 + 36 + 12));
    assertThat(OperationWeights.count(Operation.DIL_CONV_3X3, 1, 6, 2, false)).isEqualTo(18 + 36);
    // four linear layers with biases, among words as among pixels
    for (int dimensions = 1; dimensions <= 2; dimensions++) {
      assertThat(OperationWeights.count(new Operation("attention"), dimensions, 8, 1, true))
          .isEqualTo(4 * (64 + 8));
    }
  }

  private static Stream<Input> bothKindsOfExamples() {
    return Stream.of(new ImageShape(2, 8, 8), new TokenShape(7, 6));
  }

  private static final Operation WITHOUT_WEIGHTS = new Operation("avg_pool_5");

  /** Two edges into one node, of stride 1 and, where the only cell reduces, of stride 2. */
  @ParameterizedTest
  @MethodSource("bothKindsOfExamples")
  void agreeWithSupernets(Input input) {
    for (Operation operation : candidates()) {
      for (int kinds = 1; kinds <= 2; kinds++) {
        long more =
            supernetWeights(input, kinds, List.of(WITHOUT_WEIGHTS, operation))
                - supernetWeights(input, kinds, List.of(WITHOUT_WEIGHTS));
        assertThat(OperationWeights.count(operation, input.dimensions(), 8 * kinds, kinds, false))
            .as("%s of %s in a supernet of %d kinds of cells", operation, input, kinds)
            .isEqualTo(more / 2);
      }
    }
  }

  private static Stream<Operation> structures() {
    return Operation.STRUCTURES.stream().filter(o -> !o.isNone() && !o.equals(WITHOUT_WEIGHTS));
  }

  private static List<Operation> candidates() {
    return structures().flatMap(o -> Stream.of(o, o.with("relu"))).toList();
  }

  private static long supernetWeights(Input input, int kinds, List<Operation> operations) {
    SupernetSettings settings =
        new SupernetSettings(
            8, 1, 1, 1, operations, List.of(), kinds, List.of(), EmbeddingSettings.PLAIN);
    try (Supernet supernet = new Supernet(settings, input, new Classification(3), 1, 1)) {
      return supernet.plannedWeights();
    }
  }

  @ParameterizedTest
  @MethodSource("bothKindsOfExamples")
  void agreeWithCandidateNetworks(Input input) {
    for (Operation operation : candidates()) {
      for (String cells : List.of("cell=[%s:0]", "normal=[%1$s:0] reduction=[%1$s:0]")) {
        int stride = cells.startsWith("cell") ? 1 : 2;
        long more =
            candidateWeights(input, cells.formatted(operation))
                - candidateWeights(input, cells.formatted(WITHOUT_WEIGHTS));
        assertThat(OperationWeights.count(operation, input.dimensions(), 8 * stride, stride, true))
            .as("%s of %s in %s", operation, input, cells)
            .isEqualTo(more);
      }
    }
  }

  private static long candidateWeights(Input input, String genotype) {
    try (ArchitectureNetwork network =
        Networks.of(
            CellPair.parse(genotype),
            new CandidateSettings(8, 1, 1, 0, 0, 1),
            input,
            new Classification(3),
            1,
            1)) {
      return network.publishedSize();
    }
  }

  @Test
  void sharesSumToOneWithTheLargestOperationOnEveryEdge() {
    SupernetSettings settings = new SupernetSettings(16, 8, 4, 3, Operation.DARTS);
    double[] shares = OperationWeights.shares(settings, 2);

    assertThat(shares).hasSize(28 * 8);
    double largest = 0;
    for (int row = 0; row < 28; row++) {
      assertThat(shares[row * 8]).as("none").isZero();
      for (int k = 0; k < 8; k++) {
        assertThat(shares[row * 8 + k]).isLessThanOrEqualTo(shares[row * 8 + 5]);
      }
      largest += shares[row * 8 + 5];
    }
    assertThat(largest).isCloseTo(1, within(1e-12));
  }

  /** Three cells of one node: 4 channels, then 8 and 16 in reductions, at the layers 1 and 2. */
  @Test
  void sharesByHand() {
    SupernetSettings settings =
        new SupernetSettings(4, 3, 1, 3, List.of(Operation.SKIP_CONNECT, Operation.DIL_CONV_3X3));
    // an edge of the normal cell: 9 * 4 + 16 + 8 = 60
    // of the reduction cells: 9 * 8 + 64 + 16 = 152 and 9 * 16 + 256 + 32 = 432; skips 80 and 288
    double total = 2 * 60 + 2 * (152 + 432);

    assertThat(OperationWeights.shares(settings, 2))
        .containsExactly(
            new double[] {
              0, 60 / total, 0, 60 / total, 368 / total, 584 / total, 368 / total, 584 / total
            },
            within(1e-12));
  }

  /** As above on texts, where a kernel has 3 weights in the place of 9. */
  @Test
  void sharesOnTextsByHand() {
    SupernetSettings settings =
        new SupernetSettings(4, 3, 1, 3, List.of(Operation.SKIP_CONNECT, Operation.DIL_CONV_3X3));
    // 3 * 4 + 16 + 8 = 36; 3 * 8 + 64 + 16 = 104 and 3 * 16 + 256 + 32 = 336
    double total = 2 * 36 + 2 * (104 + 336);

    assertThat(OperationWeights.shares(settings, 1))
        .containsExactly(
            new double[] {
              0, 36 / total, 0, 36 / total, 368 / total, 440 / total, 368 / total, 440 / total
            },
            within(1e-12));
  }

  @Test
  void aSpaceWithoutWeightsCostsNothing() {
    SupernetSettings settings =
        new SupernetSettings(4, 3, 2, 3, List.of(Operation.NONE, Operation.MAX_POOL_3X3));
    assertThat(OperationWeights.shares(settings, 2)).hasSize(20).containsOnly(0);
  }
}
