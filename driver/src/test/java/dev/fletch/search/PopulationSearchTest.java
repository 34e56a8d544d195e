package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Genome;
import dev.fletch.evolution.Population;
import dev.fletch.gradient.DivergedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a search by evolution trains and writes. */
class PopulationSearchTest extends InstantEvolution {
  @Test
  void everyDifferentNetworkIsTrainedOnce() {
    SearchResult result = search("a", generations(4), this::inOrder);

    assertThat(trained).doesNotHaveDuplicates();
    List<Genome> genomes = new ArrayList<>();
    for (Population generation : PopulationFile.readAll(run("a"), 4)) {
      genomes.addAll(generation.genomes());
    }
    Set<Long> networks =
        genomes.stream()
            .map(genome -> genome.phenotype().fingerprint())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(genomes).hasSize(32);
    assertThat(trained).hasSameSizeAs(networks);
    GenerationDetails last = result.epochs().get(3).generation().orElseThrow();
    assertThat(last.evaluations()).isEqualTo(trained.size()).isLessThan(32);
    assertThat(result.epochs().stream().mapToInt(e -> e.generation().orElseThrow().trained()).sum())
        .isEqualTo(trained.size());
  }

  @Test
  void aGenerationIsALineWithItsBestGenome() {
    SearchResult result = search("a", generations(3), this::inOrder);

    assertThat(result.stopReason()).isEqualTo("completed");
    assertThat(listener.epochs).containsExactly(0, 1, 2);
    for (EpochRecord record : result.epochs()) {
      GenerationDetails details = record.generation().orElseThrow();
      Population population = PopulationFile.read(run("a"), record.epoch());
      int place = details.best() - population.individuals().get(0).id();
      assertThat(population.individuals().get(place).genome()).isEqualTo(record.genotype());
      assertThat(population.fitness().get(place))
          .isEqualTo(record.validationFigure())
          .isEqualTo(Collections.max(population.fitness()));
      assertThat(details.meanFigure())
          .isEqualTo(
              population.fitness().stream()
                  .filter(Double::isFinite)
                  .mapToDouble(f -> f)
                  .average()
                  .orElseThrow());
      assertThat(details.genomes()).isEqualTo(8);
      assertThat(details.nodes())
          .isEqualTo(Genome.of(record.genotype()).phenotype().nodes().size());
      assertThat(record.trainFigure()).isEqualTo(record.validationFigure() - 0.1);
      assertThat(EpochRecord.fromJson(record.toJson())).isEqualTo(record);
      assertThat(record.toJson()).doesNotContain("temperature").doesNotContain("alphaEntropy");
    }
    assertThat(SearchResult.read(run("a"), plan(generations(3)))).isEqualTo(result);
    assertThat(SearchEnd.read(run("a")).orElseThrow().method()).isEqualTo("neat");
  }

  @Test
  void aGenomeThatFailsHasTheLowestFitnessAndIsReportedWithItsReason() {
    SearchResult result = search("a", generations(2), this::inOrder);

    GenerationDetails first = result.epochs().get(0).generation().orElseThrow();
    Population population = PopulationFile.read(run("a"), 0);
    List<Integer> withPool =
        population.individuals().stream()
            .filter(i -> i.genome().text().contains("max_pool_3"))
            .map(i -> i.id())
            .toList();
    assertThat(withPool).isNotEmpty();
    assertThat(first.failures())
        .isEqualTo(
            withPool.stream()
                .map(id -> new GenerationDetails.Failure(id, "Training diverged"))
                .toList());
    withPool.forEach(id -> assertThat(population.fitness().get(id)).isEqualTo(Population.FAILED));
    assertThat(listener.warnings)
        .contains(
            "genome %d has the lowest fitness: Training diverged (%s)"
                .formatted(
                    withPool.get(0),
                    population.individuals().get(withPool.get(0)).genome().text()));
  }

  @Test
  void aSearchWhoseGenomesAllFailSaysWhy() {
    FitnessRunner failing =
        (jobs, parallel, ended) -> {
          List<Fitness> failed =
              jobs.stream().map(job -> Fitness.failed(job, "no such operation")).toList();
          failed.forEach(ended);
          return failed;
        };

    assertThatThrownBy(() -> search("a", generations(2), failing))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "no genome of generation 0 could be scored; the first of them: no such operation");
  }

  @Test
  void aBudgetOfEvaluationsOrMinutesEndsTheSearch() {
    SearchResult byEvaluations = search("a", new BudgetSettings(9, 6, 0), this::inOrder);
    SearchResult byMinutes = search("b", new BudgetSettings(9, 0, 1e-9), this::inOrder);

    assertThat(byEvaluations.stopReason()).isEqualTo("the budget of 6 evaluations was used up");
    assertThat(evaluations(byEvaluations)).isGreaterThanOrEqualTo(6);
    assertThat(byEvaluations.epochs()).hasSizeLessThan(9);
    assertThat(byMinutes.epochs()).hasSize(1);
    assertThat(byMinutes.stopReason()).isEqualTo("the budget of 1.0E-9 minutes was used up");
  }
}
