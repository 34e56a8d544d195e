package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.DartsDerivation;
import dev.fletch.architecture.Derivation;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.ThresholdDerivation;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.TokenShape;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.network.Stem;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.SkipDropout;
import dev.fletch.supernet.Supernet;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.task.Classification;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterCountsTest {
  private static final Derivation DARTS = new DartsDerivation();
  private static final ImageShape CIFAR = new ImageShape(3, 32, 32);
  private static final CandidateSettings PAPER = new CandidateSettings(36, 20, 3, 0.4, 0.2, 600);

  /** The first is logged by the code of the DARTS paper as "param size = 1.930618MB". */
  @ParameterizedTest
  @CsvSource({"16, 8, 1930618", "4, 4, 118742", "8, 5, 394210", "8, 8, 597890"})
  void ofTheSupernet(int channels, int layers, long expected) {
    SupernetSettings settings = new SupernetSettings(channels, layers, 4, 3, Operation.DARTS);

    assertThat(
            ParameterCounts.supernet(settings, EdgeSettings.PLAIN, CIFAR, new Classification(10)))
        .isEqualTo(expected);
  }

  /** DARTS- and PC-DARTS, from the layers of their authors' code. */
  @ParameterizedTest
  @CsvSource({"1, true, 1971578", "4, false, 299578", "1, false, 1930618"})
  void ofOtherEdges(int partial, boolean auxiliary, long expected) {
    SupernetSettings settings = new SupernetSettings(16, 8, 4, 3, Operation.DARTS);
    EdgeSettings plain = EdgeSettings.PLAIN.withPartial(partial);
    EdgeSettings edges = auxiliary ? plain.withAuxiliarySkip() : plain;

    assertThat(ParameterCounts.supernet(settings, edges, CIFAR, new Classification(10)))
        .isEqualTo(expected);
  }

  private static Stream<EdgeSettings> everyKindOfEdge() {
    List<List<Operation>> few =
        List.of(
            Operation.DARTS,
            List.of(),
            List.of(Operation.SKIP_CONNECT, Operation.DIL_CONV_5X5),
            List.of(Operation.NONE),
            List.of(Operation.SEP_CONV_3X3));
    List<List<Operation>> more =
        List.of(
            List.of(Operation.SKIP_CONNECT),
            List.of(Operation.SKIP_CONNECT, Operation.SEP_CONV_5X5),
            List.of(Operation.DIL_CONV_3X3),
            List.of(Operation.SKIP_CONNECT),
            List.of(Operation.MAX_POOL_3X3));
    EdgeSettings masked = EdgeSettings.PLAIN.with(new OperationMask(few, more));
    return Stream.of(
        EdgeSettings.PLAIN,
        EdgeSettings.PLAIN.withAuxiliarySkip(),
        EdgeSettings.PLAIN.withPartial(2),
        EdgeSettings.PLAIN.withPartial(4).withAuxiliarySkip(),
        masked,
        masked.withPartial(2).withAuxiliarySkip().with(new SkipDropout(0.3, 0, 25, 10)));
  }

  @ParameterizedTest
  @MethodSource("everyKindOfEdge")
  void agreesWithTheSupernet(EdgeSettings edges) {
    SupernetSettings settings = new SupernetSettings(8, 4, 2, 3, Operation.DARTS);
    ImageShape image = new ImageShape(2, 8, 8);
    try (Supernet network = new Supernet(settings, edges, image, new Classification(5), 1, 1)) {
      assertThat(ParameterCounts.supernet(settings, edges, image, new Classification(5)))
          .isEqualTo(network.weightCount());
    }
  }

  /** DARTS_V1 and DARTS_V2 have 3,169,414 and 3,349,342. */
  @Test
  void publishedCandidatesLieBetweenTheBounds() {
    SupernetSettings space = new SupernetSettings(16, 8, 4, 3, Operation.DARTS);

    assertThat(ParameterCounts.least(DARTS, space, PAPER, CIFAR, new Classification(10)))
        .isLessThan(3_169_414);
    assertThat(ParameterCounts.most(space, PAPER, CIFAR, new Classification(10)))
        .isGreaterThan(3_349_342);
  }

  /** Of two equal genes of a cell there is one count: what the network itself has. */
  @ParameterizedTest
  @EnumSource(Stem.class)
  void agreesWithTheNetwork(Stem stem) {
    SupernetSettings space = new SupernetSettings(16, 8, 1, 3, List.of(Operation.SEP_CONV_3X3));
    CandidateSettings settings = new CandidateSettings(4, 4, stem, 3, 0, 0, 1, 0);
    ImageShape image = new ImageShape(3, 32, 32);
    CellPair genotype =
        CellPair.parse(
            "normal=[sep_conv_3x3:0,sep_conv_3x3:1] reduction=[sep_conv_3x3:0,sep_conv_3x3:1]");
    try (ArchitectureNetwork network =
        Networks.of(genotype, settings, image, new Classification(7), 1, 1)) {
      assertThat(ParameterCounts.least(DARTS, space, settings, image, new Classification(7)))
          .isEqualTo(network.publishedSize())
          .isEqualTo(ParameterCounts.most(space, settings, image, new Classification(7)));
    }
  }

  /** With the network of cells that have one gene each, in a node that is not the first. */
  @Test
  void theLeastIsOneGeneACellWhereGenesMayBeLeftOut() {
    Derivation rule = new ThresholdDerivation(0.85);
    SupernetSettings space = new SupernetSettings(16, 8, 4, 3, List.of(Operation.DIL_CONV_3X3));
    CandidateSettings settings = new CandidateSettings(4, 4, 3, 0.4, 0, 1);
    CellPair genotype = CellPair.parse("normal=[||dil_conv_3x3:1|] reduction=[|dil_conv_3x3:0||]");
    try (ArchitectureNetwork network =
        Networks.of(genotype, settings, CIFAR, new Classification(7), 1, 1)) {
      assertThat(ParameterCounts.least(rule, space, settings, CIFAR, new Classification(7)))
          .isEqualTo(network.publishedSize())
          .isLessThan(ParameterCounts.least(DARTS, space, settings, CIFAR, new Classification(7)));
    }
  }

  /**
   * On texts a large kernel costs little: of these operations the largest on images is another one
   * than on texts. With the networks of all of them.
   */
  @ParameterizedTest
  @MethodSource("bothKindsOfExamples")
  void theBoundsAreThoseOfTheExamples(Input input, String largest) {
    List<Operation> operations =
        Stream.of("dil_conv_5", "sep_conv_3", "dil_conv_3+relu").map(Operation::new).toList();
    SupernetSettings space =
        new SupernetSettings(
            8, 1, 1, 1, operations, List.of(), 1, List.of(), EmbeddingSettings.PLAIN);
    CandidateSettings settings = new CandidateSettings(4, 2, 1, 0, 0, 1);
    Map<Operation, Long> sizes = new LinkedHashMap<>();
    for (Operation operation : operations) {
      CellPair genotype = CellPair.parse("cell=[%s:0,%1$s:1]".formatted(operation));
      try (ArchitectureNetwork network =
          Networks.of(genotype, settings, input, new Classification(2), 1, 1)) {
        sizes.put(operation, network.publishedSize());
      }
    }

    assertThat(ParameterCounts.most(space, settings, input, new Classification(2)))
        .isEqualTo(Collections.max(sizes.values()))
        .isEqualTo(sizes.get(new Operation(largest)));
    assertThat(ParameterCounts.least(DARTS, space, settings, input, new Classification(2)))
        .isEqualTo(Collections.min(sizes.values()));
  }

  private static Stream<Arguments> bothKindsOfExamples() {
    return Stream.of(
        Arguments.of(CIFAR, "dil_conv_5"), Arguments.of(new TokenShape(9, 20), "sep_conv_3"));
  }

  @Test
  void theBoundsMeetWhereThereIsNoChoice() {
    SupernetSettings space = new SupernetSettings(16, 8, 1, 3, List.of(Operation.SEP_CONV_3X3));
    CandidateSettings one = new CandidateSettings(2, 1, 1, 0, 0, 1);
    // stem 9*1*2 + 4; both inputs 2*4 + 2*8 (the one cell reduces, to 4 channels);
    // two genes 2*(9*4 + 16 + 8); classifier 4*2 + 2
    long expected = 22 + 2 * (2 * 4 + 8) + 2 * 120 + 10;

    assertThat(
            ParameterCounts.least(
                DARTS, space, one, new ImageShape(1, 8, 8), new Classification(2)))
        .isEqualTo(expected);
    assertThat(ParameterCounts.most(space, one, new ImageShape(1, 8, 8), new Classification(2)))
        .isEqualTo(expected);
  }
}
