package dev.fletch.nn.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Sequences;
import dev.fletch.engine.Slot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.PlannedNetwork;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.Supernet;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.task.Classification;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations of whole structures in the cells of DARTS, on images and on texts. */
class StructureOperationTest {
  private static final int CLASSES = 3;
  private static final StepId AT = new StepId(1, 0);

  private static Operation operation(String name) {
    return Operation.find(name).orElseThrow();
  }

  /** Of every kind some, so that the network stays small. */
  private static final List<Operation> SPACE =
      Stream.of(
              "none",
              "identity",
              "identity+sigmoid",
              "sep_conv_1",
              "sep_conv_3+tanh",
              "dil_conv_3",
              "avg_pool_3",
              "max_pool_5+relu",
              "attention")
          .map(StructureOperationTest::operation)
          .toList();

  static Stream<Arguments> inputs() {
    TokenShape texts = new TokenShape(7, 11);
    ImageShape images = new ImageShape(2, 5, 4);
    return Stream.of(
        Arguments.of(texts, DoublePlan.randomTexts(texts, CLASSES, 4, 7, 1, 5)),
        Arguments.of(images, DoublePlan.randomBatch(images, 3, CLASSES)));
  }

  private static float[] mixing(int count) {
    Random random = new Random(5);
    float[] mixing = new float[count];
    for (int i = 0; i < count; i++) {
      mixing[i] = 0.1f + random.nextFloat();
    }
    return mixing;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void areSearched(Input input, Batch batch) {
    SupernetSettings settings = new SupernetSettings(8, 3, 2, 1, SPACE);
    try (Supernet network =
            new Supernet(settings, input, new Classification(CLASSES), batch.size(), 1);
        DoublePlan plan =
            DoublePlan.of(
                network, batch, AT, network.initialWeights(3), mixing(network.mixingCount()))) {
      plan.differentiate();
      double[] ofWeights = plan.pass().weightGradient().array().clone();
      double[] ofMixing = plan.pass().mixingGradient().array().clone();
      CentralDifferences.check("weight", plan::loss, plan.pass().weights().array(), ofWeights, 8);
      CentralDifferences.check("mixing", plan::loss, plan.pass().mixing().array(), ofMixing, 8);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void areTrained(Input input, Batch batch) {
    CellPair genotype =
        CellPair.parse(
            "normal=[identity:0,attention:1|sep_conv_5+relu:1,avg_pool_5+tanh:2]"
                + " reduction=[max_pool_3:1,identity+relu:0|attention+sigmoid:0,dil_conv_1:2]");
    CandidateSettings settings = new CandidateSettings(8, 3, 1, 0, 0.3, 2);
    try (PlannedNetwork network =
            (PlannedNetwork)
                Networks.of(
                    genotype, settings, input, new Classification(CLASSES), batch.size(), 1);
        DoublePlan plan =
            DoublePlan.of(network, batch, AT, network.initialWeights(3), new float[0])) {
      plan.differentiate();
      double[] gradient = plan.pass().weightGradient().array().clone();
      CentralDifferences.check("weight", plan::loss, plan.pass().weights().array(), gradient, 10);
    }
  }

  @Test
  void theNamesAreKnownBehindThoseOfDarts() {
    List<Operation> known = Operation.known();
    assertThat(known).startsWith(Operation.DARTS.toArray(Operation[]::new));
    assertThat(known.subList(8, 20)).isEqualTo(Operation.STRUCTURES.subList(1, 13));
    List<Operation> added = known.stream().filter(o -> o.aggregation() == Aggregation.ADD).toList();
    assertThat(added.subList(added.size() - 36, added.size()))
        .allMatch(Operation::isActivated)
        .startsWith(operation("attention+relu"), operation("attention+sigmoid"))
        .endsWith(operation("sep_conv_5+tanh"));
    assertThat(Operation.find("none+relu")).isEmpty();
    assertThat(Operation.names()).contains("attention").doesNotContain("+");
  }

  @Test
  void weightsOfTextsHaveOneSide() {
    PlanBuilder plan = PlanBuilder.unbuilt(0);
    Sequences texts = plan.sequences(2, 5);
    Slot input = plan.slot(16, texts);
    Blocks blocks = new Blocks(plan, true);
    OperationBlock.formOf(operation("dil_conv_5"), 1).layOut(blocks, "a", input);
    OperationBlock.formOf(operation("identity"), 2).layOut(blocks, "b", input);
    OperationBlock.formOf(operation("attention"), 1).layOut(blocks, "c", input);
    assertThat(plan.weightSlots())
        .extracting(WeightSlot::name, WeightSlot::shape)
        .containsExactly(
            tuple("a.op.1.weight", new int[] {16, 1, 5}),
            tuple("a.op.2.weight", new int[] {16, 16, 1}),
            tuple("a.op.3.weight", new int[] {16}),
            tuple("a.op.3.bias", new int[] {16}),
            tuple("b.conv_1.weight", new int[] {8, 16, 1}),
            tuple("b.conv_2.weight", new int[] {8, 16, 1}),
            tuple("b.bn.weight", new int[] {16}),
            tuple("b.bn.bias", new int[] {16}),
            tuple("c.in_proj_weight", new int[] {48, 16}),
            tuple("c.in_proj_bias", new int[] {48}),
            tuple("c.out_proj.weight", new int[] {16, 16}),
            tuple("c.out_proj.bias", new int[] {16}));
  }

  @ParameterizedTest
  @CsvSource({"attention", "attention+relu"})
  void channelsThatHeadsCannotDivideAreRefused(String name) {
    String problem =
        "attention divides its channels among 8 heads and cannot have 12: take a multiple of 8";
    assertThat(OperationBlock.refusal(operation(name), 16)).isEmpty();
    assertThatThrownBy(() -> OperationBlock.requireFits(operation(name), 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
    List<Operation> space = List.of(operation("identity"), operation(name));
    assertThatThrownBy(() -> new SupernetSettings(12, 3, 2, 1, space))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("must fit space.operations: " + problem);
    SupernetSettings whole = new SupernetSettings(48, 3, 2, 1, space);
    assertThatThrownBy(() -> EdgeSettings.PLAIN.withPartial(4).checkFor(whole))
        .hasMessageContaining("must leave operations as many channels as they need: " + problem);
    CellPair genotype = CellPair.parse("normal=[%s:0] reduction=[identity:0]".formatted(name));
    CandidateSettings small = new CandidateSettings(12, 3, 1, 0, 0, 2);
    assertThatThrownBy(
            () ->
                Networks.of(genotype, small, new ImageShape(1, 4, 4), new Classification(2), 1, 1))
        .hasMessage(problem);
  }

  @Test
  void whatIsForImagesIsRefusedForTexts() {
    CellPair genotype = CellPair.parse("normal=[identity:0] reduction=[identity:0]");
    CandidateSettings auxiliary = new CandidateSettings(8, 3, 1, 0.4, 0, 2);
    assertThatThrownBy(
            () ->
                Networks.of(genotype, auxiliary, new TokenShape(5, 9), new Classification(2), 1, 1))
        .hasMessage(
            "A network for texts has neither an auxiliary head nor the stem for large images: set"
                + " auxiliary-weight to 0, got 0.4, and stem to cifar, got CIFAR");
  }
}
