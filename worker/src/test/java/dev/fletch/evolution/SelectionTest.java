package dev.fletch.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.SeededRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final int DRAWS = 40_000;

  /** Over four standard deviations of a probability near a half. */
  private static final double CHANCE = 0.011;

  private static final List<Double> FITNESS = List.of(0.3, 0.1, 0.6, Population.FAILED);

  @Test
  void theNthBestOfATournamentWinsWithTheRest() {
    assertThat(Selection.placeProbabilities(4, 0.7))
        .containsExactly(new double[] {0.7, 0.21, 0.063, 0.027}, within(1e-15));
    assertThat(Selection.placeProbabilities(1, 0.7)).containsExactly(1);
    assertThat(Selection.placeProbabilities(2, 1)).containsExactly(1, 0);
  }

  @Test
  void aTournamentOfAllHasItsPlaceProbabilities() {
    SelectionSettings settings = new SelectionSettings(SelectionRule.TOURNAMENT, 9, 0.5);

    assertFrequencies(settings, FITNESS, 0.25, 0.25, 0.5, 0);
  }

  /** Pairs (0, 1), (0, 2), (1, 2): 2 is in two of three, and 0 the best of one. */
  @Test
  void aTournamentOfTwoIsBetweenEachPairAlike() {
    SelectionSettings settings = new SelectionSettings(SelectionRule.TOURNAMENT, 2, 0.9);

    assertFrequencies(settings, FITNESS, 1 / 3.0, 0.2 / 3, 1.8 / 3, 0);
  }

  @Test
  void byFitnessInProportion() {
    SelectionSettings settings = new SelectionSettings(SelectionRule.FITNESS, 1, 1);

    assertFrequencies(settings, FITNESS, 0.3, 0.1, 0.6, 0);
    assertFrequencies(settings, List.of(-1.0, -4.0, 0.0), 3 / 7.0, 0, 4 / 7.0);
    assertFrequencies(settings, List.of(0.0, 0.0), 0.5, 0.5);
  }

  @Test
  void byRankInProportion() {
    assertFrequencies(Samples.RANK, FITNESS, 2 / 6.0, 1 / 6.0, 3 / 6.0, 0);
  }

  @Test
  void ifAllFailedAnyIsDrawn() {
    List<Double> failed = List.of(Population.FAILED, Population.FAILED);

    assertFrequencies(new SelectionSettings(SelectionRule.FITNESS, 1, 1), failed, 0.5, 0.5);
  }

  @Test
  void equalsComeInTheirOrder() {
    assertThat(Selection.bestFirst(List.of(3, 2, 1, 0), List.of(0.5, 0.7, 0.5, Population.FAILED)))
        .containsExactly(1, 0, 2, 3);
  }

  @Test
  void theOtherParentIsAnother() {
    Selection selection = new Selection(Samples.RANK, FITNESS, List.of(0, 2));
    SeededRandom random = Samples.random(1);

    assertThat(IntStream.range(0, 100).map(n -> selection.without(2).draw(random))).containsOnly(0);
    assertThat(selection.without(2).without(0).draw(random)).isZero();
  }

  private static void assertFrequencies(
      SelectionSettings settings, List<Double> fitness, double... expected) {
    Selection selection =
        new Selection(settings, fitness, IntStream.range(0, fitness.size()).boxed().toList());
    SeededRandom random = Samples.random(9);
    double[] found = new double[expected.length];
    for (int n = 0; n < DRAWS; n++) {
      found[selection.draw(random)] += 1.0 / DRAWS;
    }
    assertThat(found).containsExactly(expected, within(CHANCE));
    for (int n = 0; n < found.length; n++) {
      assertThat(found[n] > 0).isEqualTo(expected[n] > 0);
    }
  }
}
