package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ArchitectureParametersTest {
  @Test
  void dartsHas224() {
    var settings = new SupernetSettings(16, 8, 4, 3, Operation.DARTS);

    ArchitectureParameters parameters = ArchitectureParameters.of(settings);

    assertThat(parameters).isEqualTo(new ArchitectureParameters(CellTopology.convolutional(4), 8));
    assertThat(parameters.count()).isEqualTo(224);
  }

  @Test
  void normalRowsComeBeforeReductionRows() {
    var parameters = new ArchitectureParameters(new CellTopology(2, 2, 1, 1), 3);
    float[] flat = {0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32};

    assertThat(parameters.normal(flat)).isDeepEqualTo(new float[][] {{0, 1, 2}, {10, 11, 12}});
    assertThat(parameters.reduction(flat))
        .isDeepEqualTo(new float[][] {{20, 21, 22}, {30, 31, 32}});
  }

  @Test
  void refusesVectorsOfAnotherSize() {
    assertThatThrownBy(
            () -> new ArchitectureParameters(new CellTopology(2, 2, 1, 1), 3).normal(new float[11]))
        .hasMessage(
            "Cannot split 11 values into 2 cells of 2 edges and 3 operations: 12 are needed");
  }

  @Test
  void initialAlphaIsAFunctionOfTheSeed() {
    var parameters = new ArchitectureParameters(new CellTopology(2, 500, 1, 1), 20);
    float[] alpha = parameters.initial(7);

    assertThat(parameters.initial(7)).containsExactly(alpha);
    assertThat(parameters.initial(8)).isNotEqualTo(alpha);
    double sum = 0;
    double squares = 0;
    for (float a : alpha) {
      sum += a;
      squares += (double) a * a;
    }
    // 20,000 draws: the mean has standard error 7e-6, the standard deviation 5e-6
    assertThat(sum / alpha.length).isEqualTo(0, Offset.offset(3e-5));
    assertThat(Math.sqrt(squares / alpha.length)).isEqualTo(1e-3, Offset.offset(2e-5));
  }

  @Test
  void entropyIsTheMeanOverEdgesInNats() {
    var parameters = new ArchitectureParameters(new CellTopology(2, 2, 1, 1), 2);
    // normal: one even edge (ln 2), one decided (0); reduction: 0.25 / 0.75 twice
    float[] mixing = {0.5f, 0.5f, 1, 0, 0.25f, 0.75f, 0.75f, 0.25f};

    ArchitectureParameters.Entropy entropy = parameters.entropy(mixing);

    double quarter = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
    assertThat(entropy.normal()).isEqualTo(Math.log(2) / 2, Offset.offset(1e-12));
    assertThat(entropy.reduction()).isEqualTo(quarter, Offset.offset(1e-12));
    assertThat(entropy.overall()).isEqualTo((Math.log(2) / 2 + quarter) / 2, Offset.offset(1e-12));
  }
}
