package dev.fletch.report.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.evolution.Origin;
import dev.fletch.evolution.Population;
import dev.fletch.report.model.FamilyTree.Member;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PopulationReportTest {
  private static final Population FIRST =
      EvolvedSamples.population(
          0,
          List.of(
              EvolvedSamples.individual(0, Origin.FIRST),
              EvolvedSamples.individual(1, Origin.FIRST),
              EvolvedSamples.individual(2, Origin.FIRST)),
          List.of(0.5, Double.NaN, 0.7));
  private static final Population SECOND =
      EvolvedSamples.population(
          1,
          List.of(
              EvolvedSamples.individual(3, Origin.COPY, 2),
              EvolvedSamples.individual(4, Origin.CROSSOVER, 2, 0),
              EvolvedSamples.individual(5, Origin.MUTATION, 0)),
          List.of(0.7, 0.6, 0.4));
  private static final Population THIRD =
      EvolvedSamples.population(
          2,
          List.of(
              EvolvedSamples.individual(6, Origin.CROSSOVER, 3, 4),
              EvolvedSamples.individual(7, Origin.COPY, 3),
              EvolvedSamples.individual(8, Origin.MUTATION, 5)),
          List.of(0.9, 0.7, 0.9));
  private static final PopulationReport REPORT =
      new PopulationReport(
          List.of(FIRST, SECOND, THIRD),
          List.of(
              new GenerationCost(3, 30), new GenerationCost(2, 20.5), new GenerationCost(0, 1)));

  @Test
  void aGenerationInNumbersCountsFailuresApart() {
    GenerationLine line = REPORT.lines().get(0);

    assertThat(line.best()).isEqualTo(0.7);
    assertThat(line.mean()).isEqualTo(0.6);
    assertThat(line.failures()).isEqualTo(1);
    assertThat(line.bestId()).isEqualTo(2);
    assertThat(line.individuals()).isEqualTo(3);
    assertThat(line.bestNodes()).isEqualTo(1);
    assertThat(line.nodes()).isEqualTo(1);
    assertThat(line.connections()).isEqualTo(2);
    assertThat(line.species()).isZero();
    assertThat(REPORT.evaluations()).isEqualTo(5);
    assertThat(REPORT.seconds()).isEqualTo(51.5);
    assertThat(REPORT.bestGeneration()).hasValue(2);
  }

  @Test
  void theFamilyOfTheWinnerIsAllThatItComesFrom() {
    FamilyTree tree = REPORT.winner();
    String genome = EvolvedSamples.small("sep_conv_3,identity").text();

    assertThat(tree.leftOut()).isZero();
    assertThat(tree.members())
        .containsExactly(
            new Member(2, 0, 0.7, Origin.FIRST, List.of(), genome),
            new Member(0, 0, 0.5, Origin.FIRST, List.of(), genome),
            new Member(3, 1, 0.7, Origin.COPY, List.of(2), genome),
            new Member(4, 1, 0.6, Origin.CROSSOVER, List.of(2, 0), genome),
            new Member(6, 2, 0.9, Origin.CROSSOVER, List.of(3, 4), genome));
  }

  @Test
  void aLongFamilyIsCutAndSaysSo() {
    List<Population> generations = new ArrayList<>();
    List<GenerationCost> costs = new ArrayList<>();
    for (int g = 0; g < 30; g++) {
      generations.add(
          EvolvedSamples.population(
              g,
              List.of(
                  g == 0
                      ? EvolvedSamples.individual(0, Origin.FIRST)
                      : EvolvedSamples.individual(g, Origin.COPY, g - 1)),
              List.of(0.1 * g)));
      costs.add(new GenerationCost(1, 1));
    }
    FamilyTree tree = new PopulationReport(generations, costs).winner();

    assertThat(tree.members()).hasSize(24);
    assertThat(tree.members().get(0).generation()).isEqualTo(6);
    assertThat(tree.leftOut()).isEqualTo(1);
  }

  @Test
  void whereAllFailedNobodyWins() {
    Population failed =
        EvolvedSamples.population(
            0, List.of(EvolvedSamples.individual(0, Origin.FIRST)), List.of(Double.NaN));
    PopulationReport report =
        new PopulationReport(List.of(failed), List.of(new GenerationCost(1, 2)));

    assertThat(report.bestGeneration()).isEmpty();
    assertThat(report.winner().members()).isEmpty();
    assertThat(report.lines().get(0).best()).isNaN();
    assertThat(report.lines().get(0).mean()).isNaN();
  }

  @Test
  void refusesGenerationsThatDoNotFit() {
    assertThatThrownBy(() -> new PopulationReport(List.of(FIRST), List.of()))
        .hasMessage("Invalid evolution: 1 generations have 0 costs; give one for each");
    assertThatThrownBy(
            () -> new PopulationReport(List.of(SECOND), List.of(new GenerationCost(1, 1))))
        .hasMessage(
            "Invalid evolution: generation 1 stands at place 0; give all from 0 on, each with its"
                + " fitness");
    assertThatThrownBy(() -> new GenerationCost(-1, 0))
        .hasMessage("Invalid cost of a generation: -1 evaluations; there must be >= 0");
  }
}
