package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.data.ImageShape;
import dev.fletch.data.TokenShape;
import dev.fletch.supernet.Supernet;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.task.Classification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiplyAddsTest {
  private static final ImageShape CIFAR = new ImageShape(3, 32, 32);

  /**
   * Two reduction cells of one node on 8x8 grey pixels: stem 1x9 to 12 channels at 64 pixels; cell
   * 0 with 8 channels reads the stem twice and leaves 16 pixels; cell 1 with 16 channels reads the
   * stem by a factorized reduction, cell 0 directly, and leaves 4 pixels; classifier 16 to 3.
   */
  @Test
  void ofASmallNetworkByHand() {
    long stem = 9 * 12 * 64;
    long inputs = 2 * 12 * 8 * 64 + 12 * 16 * 16 + 8 * 16 * 16;
    long classifier = 16 * 3;

    long factorized = 8 * 8 * 16 + 16 * 16 * 4;
    assertThat(small("max_pool_3x3:0,skip_connect:1", 0.4))
        .isEqualTo(stem + inputs + factorized + classifier)
        .isEqualTo(26_416);

    long separable = 2 * (25 * 8 + 8 * 8) * 16 + 2 * (25 * 16 + 16 * 16) * 4;
    long dilated = (9 * 8 + 8 * 8) * 16 + (9 * 16 + 16 * 16) * 4;
    assertThat(small("sep_conv_5x5:0,dil_conv_3x3:1", 0.4))
        .isEqualTo(stem + inputs + separable + dilated + classifier)
        .isEqualTo(41_840);
  }

  /** What grows with the length and with its square, at 5 words; the longest text has 9. */
  @Test
  void ofTextsAtTheirMeanLength() {
    CellPair cell = CellPair.parse("cell=[attention:0,identity:1]");
    CandidateSettings settings = new CandidateSettings(8, 1, Stem.CIFAR, 1, 0, 0, 1, 0, List.of());
    long inputs = 2 * 8 * 8 * 5;
    long attention = 8 * 24 * 5 + 2 * 5 * 5 * 8 + 8 * 8 * 5;

    try (ArchitectureNetwork network =
        Networks.of(cell, settings, new TokenShape(9, 20, 5), new Classification(3), 16, 1)) {
      assertThat(network.publishedMultiplyAdds())
          .isEqualTo(inputs + attention + 8 * 3)
          .isEqualTo(2_344);
      assertThat(network.multiplyAdds(new float[0])).isEqualTo(2_344);
    }
  }

  @Test
  void theAuxiliaryHeadDoesNotCount() {
    assertThat(small("avg_pool_3x3:0,sep_conv_3x3:1", 0.4))
        .isEqualTo(small("avg_pool_3x3:0,sep_conv_3x3:1", 0));
  }

  /** Millions, computed from the reference code's layers (quark0/darts, model.py). */
  @ParameterizedTest
  @CsvSource({
    "DARTS_V1, 36, 20, 501",
    "DARTS_V2, 36, 20, 528",
    "DARTS_V1, 16, 8, 41",
    "DARTS_V2, 16, 8, 43"
  })
  void ofPublishedCandidates(String name, int channels, int layers, long millions) {
    CellPair genotype = PublishedGenotypes.find(name);
    CandidateSettings settings = new CandidateSettings(channels, layers, 3, 0.4, 0.2, 600);
    try (CandidateNetwork network =
        new CandidateNetwork(genotype, settings, CIFAR, new Classification(10), 96, 1)) {
      assertThat(Math.round(network.publishedMultiplyAdds() / 1e6)).isEqualTo(millions);
    }
  }

  /** Likewise for model_search.py, in hundreds of thousands. */
  @ParameterizedTest
  @CsvSource({"16, 8, 3003", "8, 8, 1003", "8, 5, 616", "4, 8, 377", "8, 4, 496", "4, 4, 184"})
  void ofTheSupernet(int channels, int layers, long expected) {
    SupernetSettings settings = new SupernetSettings(channels, layers, 4, 3, Operation.DARTS);
    try (Supernet supernet = new Supernet(settings, CIFAR, new Classification(10), 64, 1)) {
      assertThat(Math.round(supernet.multiplyAdds() / 1e5)).isEqualTo(expected);
    }
  }

  private static long small(String node, double auxiliaryWeight) {
    CellPair genotype = CellPair.parse("normal=[" + node + "] reduction=[" + node + "]");
    CandidateSettings settings = new CandidateSettings(4, 2, 3, auxiliaryWeight, 0, 1);
    try (CandidateNetwork network =
        new CandidateNetwork(
            genotype, settings, new ImageShape(1, 8, 8), new Classification(3), 16, 1)) {
      return network.publishedMultiplyAdds();
    }
  }
}
