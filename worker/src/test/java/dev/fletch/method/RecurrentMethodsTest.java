package dev.fletch.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.data.StepId;
import dev.fletch.nn.recurrent.RecurrentDropout;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.SettingProblem;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.RecurrentSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every method either searches recurrent cells or says why it does not. */
class RecurrentMethodsTest {
  private static final int EPOCHS = 6;
  private static final RecurrentSpace CELLS =
      new RecurrentSpace(
          3, Operation.RECURRENT, new RecurrentSettings(6, RecurrentDropout.NONE, 0, 0));
  private static final SearchSpace SPACE = new SearchSpace(CELLS, 1, 7, EPOCHS, Spaces.ONE, 1e-3);
  private static final List<Method> METHODS =
      List.of(
          new Darts(),
          new TdDarts(),
          new TdDartsLearnedTemperature(),
          new SdartsRs(0.03, 0.3),
          new SdartsAdv(0.03, 0.3, 2),
          new DartsMinus(1, DartsMinus.Decay.LINEAR),
          new FairDarts(10, 0),
          new BetaDarts(25),
          new PcDarts(2, 1),
          new PDarts(List.of(0, 1), List.of(1), List.of(0.3, 0.5), 1, 2, 5),
          new Snas(10),
          new Gdas(),
          new DartsEgs(3),
          new RandomSearch(2),
          new RandomWeightSharing(10, 2, 3),
          new DartsL1(Mixing.SOFTMAX),
          new Hypernetwork(List.of(0.01), Hypernetwork.Draw.LIST, 10, 10, Mixing.SOFTMAX));

  @Test
  void allMethodsAreHere() {
    assertThat(METHODS.stream().map(Method::name).toList())
        .containsExactlyInAnyOrderElementsOf(
            Methods.all().stream()
                .filter(type -> type.getPackage().equals(Method.class.getPackage()))
                .map(Methods::name)
                .toList());
  }

  @Test
  void threeOfThemSayWhyNot() {
    Map<String, String> reasons = new TreeMap<>();
    METHODS.forEach(
        m -> m.withoutRecurrentCells().ifPresent(reason -> reasons.put(m.name(), reason)));

    assertThat(reasons.keySet())
        .isEqualTo(new TreeSet<>(List.of("darts-minus", "p-darts", "pc-darts")));
    assertThat(reasons.values()).allMatch(reason -> reason.matches("[a-z].*[^.]"));
  }

  @Test
  void allOthersTrainAlphaOfTheWholeCellAndReadACellOff() {
    for (Method method : METHODS) {
      if (method.withoutRecurrentCells().isPresent()) {
        continue;
      }
      Checks checks = new Checks();
      method.check(checks, SPACE);
      checks.orThrow();
      Composition composition = method.compose(SPACE, method.stage(SPACE, 0, OperationMask.ALL));
      float[] alpha = composition.alpha().initial().apply(3);
      float[] training = composition.relaxations().training(new StepId(0, 1)).mixing(alpha);

      assertThat(composition.supernet()).isEqualTo(CELLS);
      assertThat(composition.edges())
          .as(method.name())
          .isIn(EdgeSettings.PLAIN, EdgeSettings.PLAIN.withSampling());
      assertThat(training).as(method.name()).hasSize(6 * 5);
      float[] strength =
          composition.selection().isPresent()
              ? training
              : composition.relaxations().strength(0).mixing(alpha);
      RecurrentCell cell = RecurrentCell.of(CELLS.derive(composition.derivation(), strength));
      assertThat(cell.nodes()).as(method.name()).hasSize(3);
      float[] discretised = composition.discretised(cell, training);
      assertThat(discretised).containsOnly(0, 1);
      assertThat(CELLS.derive(composition.derivation(), discretised)).isEqualTo(cell);
    }
  }

  @Test
  void fairDartsKeepsEveryNode() {
    Checks checks = new Checks();
    new FairDarts(10, 0.85).check(checks, SPACE);

    assertThat(checks.problems())
        .extracting(SettingProblem::key, SettingProblem::rule)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "search.method.threshold",
                "must be 0 for recurrent cells, whose nodes keep their best function however weak"
                    + " it is, got 0.85"));
  }

  /** Functions have no weights: what they cost, and what is ranked, is said of them all. */
  @Test
  void functionsCostTheirExponentials() {
    double[] shares = SPACE.shares();
    assertThat(shares).hasSize(6 * 5);
    for (int edge = 0; edge < 6; edge++) {
      // none, tanh, relu, sigmoid, identity
      assertThat(Arrays.copyOfRange(shares, edge * 5, edge * 5 + 5))
          .containsExactly(0, 1 / 6.0, 0, 1 / 6.0, 0);
    }
    assertThat(CELLS.ranked())
        .containsExactly(Operation.TANH, Operation.RELU, Operation.SIGMOID, Operation.IDENTITY);
  }
}
