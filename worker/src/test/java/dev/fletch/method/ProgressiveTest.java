package dev.fletch.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RestrictedSkipDerivation;
import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.MaskedSoftmaxRelaxation;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.SkipDropout;
import dev.fletch.supernet.SupernetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The stages of P-DARTS, as its code has them: 3 times 25 epochs. */
class ProgressiveTest {
  private static final PDarts METHOD =
      new PDarts(List.of(0, 6, 12), List.of(3, 2), List.of(0.1, 0.4, 0.7), 10, 2, 5);
  private static final SearchSpace SPACE = Spaces.darts(5, 75);

  @Test
  void stagesHaveTwentyFiveEpochs() {
    int[][] expected = {{0, 0, 0}, {24, 0, 0}, {25, 1, 25}, {49, 1, 25}, {50, 2, 50}, {74, 2, 50}};
    for (int[] row : expected) {
      Stage stage = METHOD.stage(SPACE, row[0], OperationMask.ALL);
      assertThat(stage).isEqualTo(new Stage(row[1], row[2], 25, OperationMask.ALL));
      assertThat(stage.end()).isEqualTo(row[2] + 25);
    }
  }

  @Test
  void networksGrowAndDropMoreSkipConnections() {
    int[] layers = {5, 11, 17};
    double[] rates = {0.1, 0.4, 0.7};
    for (int i = 0; i < 3; i++) {
      Stage stage = METHOD.stage(SPACE, 25 * i, mask(8 - 3 * Math.min(i, 1) - 2 * (i / 2)));
      Composition composition = METHOD.compose(SPACE, stage);

      assertThat(composition.supernet())
          .isEqualTo(new SupernetSettings(16, layers[i], 4, 3, Operation.DARTS));
      assertThat(composition.edges())
          .isEqualTo(
              EdgeSettings.PLAIN
                  .with(stage.mask())
                  .with(new SkipDropout(rates[i], 25 * i, 25, 10)));
      assertThat(composition.relaxations().evaluation(25 * i))
          .isEqualTo(new MaskedSoftmaxRelaxation(Operation.DARTS, stage.mask(), 1));
      assertThat(composition.alpha().length()).isEqualTo(224);
      assertThat(composition.objective()).isEqualTo(new AlphaObjective(List.of(), 5));
      assertThat(composition.derivation()).isEqualTo(new RestrictedSkipDerivation(2));
    }
  }

  private static OperationMask mask(int operations) {
    List<List<Operation>> edges = new ArrayList<>();
    for (int edge = 0; edge < 14; edge++) {
      edges.add(Operation.DARTS.subList(0, operations));
    }
    return new OperationMask(edges, edges);
  }

  /** The strongest stay, edge by edge, in the order of the space. */
  @Test
  void everyEdgeLosesItsWeakestOperations() {
    float[] strength = new float[224];
    Random random = new Random(2);
    for (int i = 0; i < strength.length; i++) {
      strength[i] = random.nextFloat();
    }
    put(strength, 0, 0.1f, 0.2f, 0.05f, 0.3f, 0.01f, 0.02f, 0.2f, 0.12f);
    put(strength, 27, 0.9f, 0, 0, 0, 0, 0, 0, 0.1f);

    OperationMask five = METHOD.maskAfter(SPACE, stage(0, OperationMask.ALL), strength);

    assertThat(five.normal().get(0))
        .containsExactly(
            Operation.NONE,
            Operation.MAX_POOL_3X3,
            Operation.SKIP_CONNECT,
            Operation.DIL_CONV_3X3,
            Operation.DIL_CONV_5X5);
    // of equal ones those named last go first
    assertThat(five.reduction().get(13))
        .containsExactly(
            Operation.NONE,
            Operation.MAX_POOL_3X3,
            Operation.AVG_POOL_3X3,
            Operation.SKIP_CONNECT,
            Operation.DIL_CONV_5X5);
    assertSizes(five, 5);
    assertStrongest(strength, five, 5);

    // what an edge does not have any more is not dropped again, whatever its number is
    put(strength, 0, 0.1f, 0.3f, 9, 0.2f, 9, 9, 0.25f, 0.15f);
    OperationMask three = METHOD.maskAfter(SPACE, stage(1, five), strength);
    assertThat(three.normal().get(0))
        .containsExactly(Operation.MAX_POOL_3X3, Operation.SKIP_CONNECT, Operation.DIL_CONV_3X3);
    assertSizes(three, 3);
    for (int edge = 0; edge < 14; edge++) {
      assertThat(five.normal().get(edge)).containsAll(three.normal().get(edge));
      assertThat(five.reduction().get(edge)).containsAll(three.reduction().get(edge));
    }
    assertThat(
            OperationMask.ofVector(
                three.toVector(Operation.DARTS), Operation.DARTS, SPACE.supernet().topology()))
        .isEqualTo(three);
  }

  private static Stage stage(int index, OperationMask mask) {
    return METHOD.stage(SPACE, 25 * index, mask);
  }

  private static void put(float[] strength, int row, float... values) {
    System.arraycopy(values, 0, strength, 8 * row, 8);
  }

  private static void assertSizes(OperationMask mask, int operations) {
    assertThat(mask.normal()).hasSize(14).allMatch(edge -> edge.size() == operations);
    assertThat(mask.reduction()).hasSize(14).allMatch(edge -> edge.size() == operations);
  }

  /** No operation that was dropped is stronger than one that was kept. */
  private static void assertStrongest(float[] strength, OperationMask mask, int kept) {
    float[] vector = mask.toVector(Operation.DARTS);
    for (int row = 0; row < 28; row++) {
      double weakest = 2;
      double dropped = -1;
      for (int i = 8 * row; i < 8 * row + 8; i++) {
        if (vector[i] > 0) {
          weakest = Math.min(weakest, strength[i]);
        } else {
          dropped = Math.max(dropped, strength[i]);
        }
      }
      assertThat(dropped).as("row %d, %d kept", row, kept).isLessThanOrEqualTo(weakest);
    }
  }
}
