package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationWeightsTest {
  @Test
  void countsOfTheBlocks() {
    // two depthwise kernels of 25 per channel, two 1x1 convolutions, two affine batch norms
    assertThat(OperationWeights.count(Operation.SEP_CONV_5X5, 6, 1, true))
        .isEqualTo(2 * (25 * 6 + 36 + 12));
    assertThat(OperationWeights.count(Operation.SEP_CONV_3X3, 6, 2, false))
        .isEqualTo(2 * (54 + 36));
    assertThat(OperationWeights.count(Operation.DIL_CONV_3X3, 6, 1, false)).isEqualTo(54 + 36);
    assertThat(OperationWeights.count(Operation.SKIP_CONNECT, 6, 1, true)).isZero();
    // two 1x1 convolutions from 6 to 3 channels and a batch norm
    assertThat(OperationWeights.count(Operation.SKIP_CONNECT, 6, 2, true)).isEqualTo(36 + 12);
    for (Operation operation :
        List.of(Operation.NONE, Operation.MAX_POOL_3X3, Operation.AVG_POOL_3X3)) {
      assertThat(OperationWeights.count(operation, 6, 2, true)).isZero();
    }
  }

  @Test
  void sharesSumToOneWithTheLargestOperationOnEveryEdge() {
    SupernetSettings settings = new SupernetSettings(16, 8, 4, 3, Operation.DARTS);
    double[] shares = OperationWeights.shares(settings);

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

    assertThat(OperationWeights.shares(settings))
        .containsExactly(
            new double[] {
              0, 60 / total, 0, 60 / total, 368 / total, 584 / total, 368 / total, 584 / total
            },
            within(1e-12));
  }

  @Test
  void aSpaceWithoutWeightsCostsNothing() {
    SupernetSettings settings =
        new SupernetSettings(4, 3, 2, 3, List.of(Operation.NONE, Operation.MAX_POOL_3X3));
    assertThat(OperationWeights.shares(settings)).hasSize(20).containsOnly(0);
  }
}
