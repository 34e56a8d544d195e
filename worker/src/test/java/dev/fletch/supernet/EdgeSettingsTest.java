package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageShape;
import dev.fletch.task.Classification;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeSettingsTest {
  private static final SupernetSettings SETTINGS =
      new SupernetSettings(12, 3, 2, 3, Operation.DARTS);

  @Test
  void extraColumnsComeAfterTheOperations() {
    EdgeSettings both = EdgeSettings.PLAIN.withPartial(2).withAuxiliarySkip();
    assertThat(both.extraColumns()).isEqualTo(2);
    assertThat(both.bypassColumn(8)).isEqualTo(8);
    assertThat(both.auxiliaryColumn(8)).isEqualTo(9);
    assertThat(EdgeSettings.PLAIN.withAuxiliarySkip().auxiliaryColumn(8)).isEqualTo(8);
    assertThat(EdgeSettings.PLAIN.extraColumns()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void channelsThatDivideEvenlyAreTaken(int partial) {
    EdgeSettings.PLAIN.withPartial(partial).checkFor(SETTINGS);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 12, 24})
  void otherPartsAreRefused(int partial) {
    EdgeSettings edges = EdgeSettings.PLAIN.withPartial(partial);
    assertThatThrownBy(
            () ->
                new Supernet(SETTINGS, edges, new ImageShape(1, 8, 8), new Classification(2), 1, 1))
        .hasMessage(
            "partial must divide init-channels, 12, into parts of an even number of channels, so"
                + " that a factorized reduction can halve them, got "
                + partial);
  }

  @Test
  void aMaskOfAnotherSpaceIsRefused() {
    List<List<Operation>> rows = Collections.nCopies(2, List.of(Operation.SKIP_CONNECT));
    EdgeSettings edges = EdgeSettings.PLAIN.with(new OperationMask(rows, rows));
    assertThatThrownBy(() -> edges.checkFor(SETTINGS))
        .hasMessage("mask must name the operations of all 5 edges of both cells, got 2 and 2");
  }

  /** DARTS-, PC-DARTS and both methods' plain network, at the size of their papers. */
  @ParameterizedTest
  @CsvSource({"1, false, 1930618", "1, true, 1971578", "4, false, 299578"})
  void hasAsManyWeightsAsThePublished(int partial, boolean auxiliary, int weights) {
    SupernetSettings settings = new SupernetSettings(16, 8, 4, 3, Operation.DARTS);
    EdgeSettings plain = EdgeSettings.PLAIN.withPartial(partial);
    EdgeSettings edges = auxiliary ? plain.withAuxiliarySkip() : plain;
    try (Supernet network =
        new Supernet(settings, edges, new ImageShape(3, 32, 32), new Classification(10), 1, 1)) {
      assertThat(network.weightCount()).isEqualTo(weights);
      assertThat(network.mixingCount()).isEqualTo(28 * (8 + edges.extraColumns()));
    }
  }
}
