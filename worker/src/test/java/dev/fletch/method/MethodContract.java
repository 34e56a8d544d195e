package dev.fletch.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Gene;
import dev.fletch.contract.Contract;
import dev.fletch.data.StepId;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.ArchitectureParameters;
import dev.fletch.supernet.OperationMask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every search method owes, in a search of {@value #EPOCHS} epochs. */
abstract class MethodContract implements Contract {
  static final int EPOCHS = 6;

  private final Method method;
  private final SearchSpace space;

  MethodContract(Method method) {
    this(method, Spaces.small(EPOCHS, Spaces.ONE));
  }

  MethodContract(Method method, SearchSpace space) {
    this.method = method;
    this.space = space;
  }

  @Override
  public Method subject() {
    return method;
  }

  @Test
  void fitsTheSearchThatItIsMadeFor() {
    Checks checks = new Checks();
    method.check(checks, space);
    checks.orThrow();
  }

  @Test
  void isNamedAfterItsClass() {
    assertThat(method.name()).isEqualTo(Methods.name(method.getClass())).matches("[a-z0-9-]+");
    assertThat(Methods.all()).contains(method.getClass());
  }

  @Test
  void whatItCannotHasAReasonThatGoesOnASentence() {
    for (Optional<String> reason :
        List.of(
            method.withoutTemperature(), method.withoutSecondOrder(), method.withoutStopping())) {
      assertThat(reason.orElse("it can")).matches("[a-z].*[^.]");
    }
  }

  @Test
  void survivesTheWayToAnotherProcess() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(method);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(method);
    }
  }

  /** Stages follow each other without gaps, and their epochs sum to those of the search. */
  @Test
  void stagesMakeUpTheSearch() {
    int epochs = 0;
    for (Stage stage : stages()) {
      assertThat(stage.firstEpoch()).isEqualTo(epochs);
      assertThat(stage.epochs()).isPositive().isEqualTo(method.stageEpochs(space));
      for (int epoch = epochs; epoch < stage.end(); epoch++) {
        assertThat(method.stage(space, epoch, stage.mask())).isEqualTo(stage);
      }
      epochs = stage.end();
    }
    assertThat(epochs).isEqualTo(space.epochs());
    assertThat(method.comparableFrom(space)).isBetween(0, space.epochs() - 1);
  }

  @Test
  void theVectorThatIsTrainedIsAFunctionOfTheSeed() {
    for (Stage stage : stages()) {
      AlphaVector vector = method.compose(space, stage).alpha();
      float[] alpha = vector.initial().apply(3);

      assertThat(alpha).hasSize(vector.length()).isEqualTo(alpha(stage, 3));
      assertThat(alpha.length == 0 || alpha[0] != alpha(stage, 4)[0] || isConstant(alpha)).isTrue();
    }
  }

  private static boolean isConstant(float[] alpha) {
    for (float value : alpha) {
      if (value != alpha[0]) {
        return false;
      }
    }
    return true;
  }

  /** So a search goes on after an interruption with the bits it would have had. */
  @Test
  void aStageComposedAgainGivesTheSameBits() {
    for (Stage stage : stages()) {
      RelaxationSchedule one = method.compose(space, stage).relaxations();
      RelaxationSchedule other = method.compose(space, stage).relaxations();
      float[] alpha = moved(stage);
      for (int epoch = stage.firstEpoch(); epoch < stage.end(); epoch++) {
        StepId at = new StepId(epoch, 2);
        other.training(new StepId(epoch, 1)).mixing(alpha); // nothing lingers
        assertThat(other.training(at).mixing(alpha)).isEqualTo(one.training(at).mixing(alpha));
        assertThat(other.training(at).forWeights().mixing(alpha))
            .isEqualTo(one.training(at).forWeights().mixing(alpha));
        assertThat(other.evaluation(epoch).mixing(alpha))
            .isEqualTo(one.evaluation(epoch).mixing(alpha));
        assertThat(other.strength(epoch).mixing(alpha))
            .isEqualTo(one.strength(epoch).mixing(alpha));
      }
    }
  }

  @Test
  void mixingWeightsFitTheSupernet() {
    for (Stage stage : stages()) {
      Composition composition = method.compose(space, stage);
      RelaxationSchedule relaxations = composition.relaxations();
      int length = composition.supernet().topology().rows() * composition.columns();
      float[] alpha = moved(stage);
      for (int epoch = stage.firstEpoch(); epoch < stage.end(); epoch++) {
        List<float[]> mixings =
            List.of(
                relaxations.training(new StepId(epoch, 0)).mixing(alpha),
                relaxations.evaluation(epoch).mixing(alpha));
        for (float[] mixing : mixings) {
          assertThat(mixing.length)
              .isIn(length, composition.selection().isPresent() ? mixing.length : length);
          for (float value : mixing) {
            assertThat(value).isFinite();
          }
        }
        assertThat(relaxations.temperature(epoch, alpha)).isPositive();
        assertThat(relaxations.strengthTemperature(epoch, alpha)).isPositive();
      }
    }
  }

  @Test
  void aGenotypeOfTheSpaceIsReadOff() {
    for (Stage stage : stages()) {
      Composition composition = method.compose(space, stage);
      float[] mixing = strength(composition, stage);
      float[] strength = composition.ofOperations(mixing);
      ArchitectureParameters layout = ArchitectureParameters.of(composition.supernet());
      CellPair genotype =
          composition
              .derivation()
              .derive(
                  layout.normal(strength),
                  layout.reduction(strength),
                  composition.supernet().operations(),
                  composition.supernet().nodes());

      assertThat(genotype.nodes()).isEqualTo(composition.supernet().nodes());
      assertThat(CellPair.parse(genotype.toString())).isEqualTo(genotype);
      for (CellGenotype cell : List.of(genotype.normal(), genotype.reduction())) {
        for (List<Gene> node : cell.nodes()) {
          assertThat(node).hasSizeLessThanOrEqualTo(2).doesNotHaveDuplicates();
          assertThat(space.supernet().operations())
              .containsAll(node.stream().map(Gene::operation).toList());
        }
      }
      for (float value : composition.discretised(genotype, mixing)) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void itsLambdasAreWhatACompositionReadsOff() {
    for (Stage stage : stages()) {
      assertThat(method.compose(space, stage).lambdas().stream().map(Lambda::value).toList())
          .isEqualTo(method.lambdas());
    }
  }

  /** As a search goes through them. */
  private List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    OperationMask mask = OperationMask.ALL;
    for (int epoch = 0; epoch < space.epochs(); epoch = stages.get(stages.size() - 1).end()) {
      Stage stage = method.stage(space, epoch, mask);
      stages.add(stage);
      Composition composition = method.compose(space, stage);
      mask =
          stage.end() == space.epochs()
              ? mask
              : method.maskAfter(
                  space, stage, composition.ofOperations(strength(composition, stage)));
    }
    return stages;
  }

  private float[] strength(Composition composition, Stage stage) {
    float[] mixing = composition.relaxations().strength(stage.end() - 1).mixing(moved(stage));
    return composition.selection().isPresent()
        ? composition.relaxations().training(new StepId(stage.end() - 1, 0)).mixing(mixing)
        : mixing;
  }

  private float[] alpha(Stage stage, long seed) {
    return method.compose(space, stage).alpha().initial().apply(seed);
  }

  /** An alpha that training has moved. */
  private float[] moved(Stage stage) {
    float[] alpha = alpha(stage, 3);
    Random random = new Random(stage.index());
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] += 0.3f * random.nextFloat();
    }
    return alpha;
  }
}
