package dev.fletch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.nn.BatchScore;
import dev.fletch.nn.Predictions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final ConfusionMatrix THREE =
      ConfusionMatrix.of(new long[][] {{5, 1, 0}, {2, 3, 1}, {0, 0, 4}});

  /** By hand. Precision: 5/7, 3/4, 4/5. Recall: 5/6, 3/6, 4/4. F1: 10/13, 6/10, 8/9. */
  @Test
  void macroAveragesOfThreeClasses() {
    assertThat(THREE.macroPrecision()).isCloseTo((5 / 7.0 + 0.75 + 0.8) / 3, within(1e-15));
    assertThat(THREE.macroRecall()).isCloseTo((5 / 6.0 + 0.5 + 1) / 3, within(1e-15));
    assertThat(THREE.macroF1()).isCloseTo((10 / 13.0 + 0.6 + 8 / 9.0) / 3, within(1e-15));
    assertThat(THREE.examples()).isEqualTo(16);
  }

  /**
   * Class 1 is never predicted, class 2 never occurs, class 3 does neither: all of them count, with
   * 0 for what is undefined. Precision: 2/4, 0, 0, 0. Recall: 2/2, 0, 0, 0. F1: 4/6, 0, 0, 0.
   */
  @Test
  void whatIsUndefinedCountsAsZero() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(new long[][] {{2, 0, 0, 0}, {2, 0, 1, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}});

    assertThat(matrix.macroPrecision()).isEqualTo(0.125);
    assertThat(matrix.macroRecall()).isEqualTo(0.25);
    assertThat(matrix.macroF1()).isCloseTo(4 / 6.0 / 4, within(1e-15));
  }

  @Test
  void countsMinibatches() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(
            List.of(
                batch(new int[] {0, 1, 2}, new int[] {0, 2, 2}),
                batch(new int[] {1, 1}, new int[] {2, 1})));

    assertThat(matrix)
        .isEqualTo(ConfusionMatrix.of(new long[][] {{1, 0, 0}, {0, 1, 2}, {0, 0, 1}}));
    assertThat(matrix).hasToString("[[1,0,0],[0,1,2],[0,0,1]]");
    assertThat(matrix.plus(THREE))
        .isEqualTo(ConfusionMatrix.of(new long[][] {{6, 1, 0}, {2, 4, 3}, {0, 0, 5}}));
    assertThat(matrix.plus(ConfusionMatrix.NONE)).isEqualTo(matrix);
    assertThat(ConfusionMatrix.NONE.plus(matrix)).isEqualTo(matrix);
  }

  @Test
  void aMinibatchThatSaysNothingMakesAllUnknown() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(List.of(batch(new int[] {0}, new int[] {0}), new BatchScore(0.5, 1, 1)));

    assertThat(matrix.isKnown()).isFalse();
    assertThat(matrix.macroF1()).isNaN();
    assertThat(matrix).isEqualTo(ConfusionMatrix.NONE);
  }

  @Test
  void refusesWhatIsNoSquareOfCounts() {
    assertThatThrownBy(() -> ConfusionMatrix.of(new long[][] {{1, 2}, {3}}))
        .hasMessage("Invalid confusion matrix: row 1 of 2 has 1 counts");
    assertThatThrownBy(() -> ConfusionMatrix.of(new long[][] {{1, -2}, {3, 0}}))
        .hasMessage("Invalid confusion matrix: row 0 has a negative count");
    assertThatThrownBy(() -> THREE.plus(ConfusionMatrix.of(new long[][] {{1}})))
        .hasMessage("Cannot add confusion matrices of 3 and 1 classes");
  }

  private static BatchScore batch(int[] labels, int[] predicted) {
    int correct = 0;
    for (int n = 0; n < labels.length; n++) {
      correct += labels[n] == predicted[n] ? 1 : 0;
    }
    return new BatchScore(1, correct, labels.length, new Predictions(3, labels, predicted));
  }
}
