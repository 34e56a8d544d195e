package dev.fletch.nn.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.DartsDerivation;
import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.engine.WeightSlot;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.network.dl4j.Dl4jModel;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.PlannedNetwork;
import dev.fletch.supernet.ArchitectureParameters;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.OperationWeights;
import dev.fletch.supernet.Supernet;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.task.Classification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ToyOperations} is one class and one line of a services file; no other code knows it. */
class NewOperationTest {
  private static final List<Operation> SPACE =
      List.of(
          Operation.NONE,
          Operation.SEP_CONV_3X3,
          ToyOperations.HALF,
          ToyOperations.SCALE,
          Operation.SKIP_CONNECT);
  private static final SupernetSettings SETTINGS = new SupernetSettings(4, 3, 2, 2, SPACE);
  private static final CandidateSettings CANDIDATE = new CandidateSettings(4, 3, 2, 0, 0.3, 2);
  private static final ImageShape SHAPE = new ImageShape(2, 7, 9);
  private static final int CLASSES = 3;
  private static final int BATCH = 4;
  private static final StepId AT = new StepId(1, 0);

  private static CellPair genotype() {
    return CellPair.parse(
        "normal=[toy_scale:0,toy_half:1|toy_half:1,toy_scale:2]"
            + " reduction=[toy_scale:1,sep_conv_3x3:0|toy_scale:2,toy_half:2]");
  }

  private static float[] mixing(int count) {
    Random random = new Random(5);
    float[] mixing = new float[count];
    for (int i = 0; i < count; i++) {
      mixing[i] = 0.1f + random.nextFloat();
    }
    return mixing;
  }

  @Test
  void isKnownAfterThoseOfTheProgram() {
    assertThat(Operation.known()).startsWith(Operation.DARTS.toArray(Operation[]::new));
    assertThat(Operation.names()).endsWith("sep_conv_7x7, toy_half, toy_scale");
  }

  @Test
  void isSearched() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    try (Supernet network =
            new Supernet(
                SETTINGS, EdgeSettings.PLAIN, SHAPE, new Classification(CLASSES), BATCH, 1);
        DoublePlan plan =
            DoublePlan.of(
                network, batch, AT, network.initialWeights(3), mixing(network.mixingCount()))) {
      assertThat(network.weightSlots())
          .extracting(WeightSlot::name)
          .contains("cells.0._ops.0._ops.3.factor")
          .doesNotContain("cells.0._ops.0._ops.2.factor");
      plan.differentiate();
      double[] ofWeights = plan.pass().weightGradient().array().clone();
      double[] ofMixing = plan.pass().mixingGradient().array().clone();
      CentralDifferences.check("weight", plan::loss, plan.pass().weights().array(), ofWeights, 8);
      CentralDifferences.check("mixing", plan::loss, plan.pass().mixing().array(), ofMixing, 8);
    }
  }

  @Test
  void isDerivedPrintedAndParsed() {
    ArchitectureParameters layout = ArchitectureParameters.of(SETTINGS);
    float[] mixing = new float[layout.count()];
    for (int row = 0; row < layout.topology().rows(); row++) {
      mixing[row * SPACE.size() + SPACE.indexOf(ToyOperations.SCALE)] = 0.5f;
    }

    CellPair derived =
        new DartsDerivation().derive(layout.normal(mixing), layout.reduction(mixing), SPACE, 2);

    assertThat(derived)
        .hasToString(
            "normal=[toy_scale:0,toy_scale:1|toy_scale:0,toy_scale:1]"
                + " reduction=[toy_scale:0,toy_scale:1|toy_scale:0,toy_scale:1]");
    assertThat(CellPair.parse(derived.text())).isEqualTo(derived);
    assertThat(CellPair.read(derived.json(), "$")).isEqualTo(derived);
  }

  @Test
  void isTrained() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    try (ArchitectureNetwork network =
            Networks.of(genotype(), CANDIDATE, SHAPE, new Classification(CLASSES), BATCH, 1);
        DoublePlan plan =
            DoublePlan.of(
                (PlannedNetwork) network, batch, AT, network.initialWeights(3), new float[0])) {
      plan.differentiate();
      double[] gradient = plan.pass().weightGradient().array().clone();
      CentralDifferences.check("weight", plan::loss, plan.pass().weights().array(), gradient, 8);
    }
  }

  @Test
  void isCounted() {
    assertThat(OperationWeights.count(ToyOperations.SCALE, 2, 6, 1, true)).isEqualTo(6);
    assertThat(OperationWeights.count(ToyOperations.SCALE, 2, 6, 2, true)).isZero();
    assertThat(OperationWeights.hasAny(ToyOperations.SCALE)).isTrue();
    assertThat(OperationWeights.hasAny(ToyOperations.HALF)).isFalse();
  }

  @Test
  void isDrawnInTheColourOfTheOthers() {
    assertThat(OperationBlock.of(ToyOperations.SCALE).colour()).isEqualTo("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"toy_scale", "toy_half"})
  void isRefusedByNameByTheExport(String name) {
    CellPair genotype = CellPair.parse("normal=[%s:0] reduction=[max_pool_3x3:0]".formatted(name));
    try (ArchitectureNetwork network =
        Networks.of(genotype, CANDIDATE, SHAPE, new Classification(CLASSES), 1, 1)) {
      float[] weights = network.initialWeights(1);
      float[] statistics = network.initialStatistics();
      assertThatThrownBy(
              () -> Dl4jModel.of(genotype, CANDIDATE, SHAPE, CLASSES, weights, statistics))
          .hasMessage(
              "Cannot write %s in DL4J's layers: it has steps of its own; export a candidate"
                  + " without it",
              name);
    }
  }

  @Test
  void isTheSameOperationAfterATripThroughAStream() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(genotype());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(genotype());
    }
  }

  @Test
  void anOperationOfNoFamilyIsRefused() {
    assertThatThrownBy(() -> OperationBlock.of(new Operation("deformable")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Unknown operation deformable: those on the class path are none, max_pool_3x3,");
    assertThatThrownBy(() -> new Operation("two words"))
        .hasMessage(
            "Invalid operation 'two words': a name has letters, digits, _, -, + and . only");
  }
}
