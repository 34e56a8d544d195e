package dev.fletch.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Port;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeatTest {
  private static final NeatSettings SOURCE = Samples.settings(Samples.SOURCE, Samples.NO_SPECIES);

  @Test
  void theFirstGenerationHasOneNodeThatReadsTheInputTwice() {
    Population first = new Neat(SOURCE, 3).firstGeneration();

    assertThat(first.individuals()).hasSize(50);
    for (Individual individual : first.individuals()) {
      Genome genome = individual.genome();
      assertThat(genome.text())
          .startsWith("genome output=1 nodes=[1:")
          .endsWith("] connections=[1:0>1:I,2:0>1:J]");
      assertThat(genome.nodes()).hasSize(1);
      assertThat(genome.phenotype().isEmpty()).isFalse();
      assertThat(individual.origin()).isEqualTo(Origin.FIRST);
      assertThat(individual.parents()).isEmpty();
    }
    assertThat(first.individuals()).extracting(Individual::id).isEqualTo(first.members());
    assertThat(new HashSet<>(first.genomes())).hasSizeGreaterThan(30);
    assertThat(first.innovations().innovations())
        .containsExactly(
            new Innovation(1, 0, 0, 1, Port.I, 0), new Innovation(2, 0, 0, 1, Port.J, 0));
    assertThat(first.isScored()).isFalse();
  }

  @Test
  void theBestStayAndAllOthersHaveTwoParents() {
    Neat neat = new Neat(SOURCE, 3);
    Population scored = score(neat.firstGeneration(), 1);
    int best = Selection.bestFirst(scored.members(), scored.fitness()).get(0);

    Population next = neat.next(scored);

    assertThat(next.generation()).isEqualTo(1);
    assertThat(next.individuals()).hasSize(50);
    assertThat(next.individuals().get(0))
        .isEqualTo(
            new Individual(
                50, scored.individuals().get(best).genome(), Origin.COPY, List.of(best)));
    for (Individual child : next.individuals().subList(1, 50)) {
      assertThat(child.origin()).isEqualTo(Origin.CROSSOVER);
      assertThat(child.parents()).hasSize(2).doesNotHaveDuplicates();
      double fitter = scored.fitness().get(child.parents().get(0));
      assertThat(fitter).isGreaterThanOrEqualTo(scored.fitness().get(child.parents().get(1)));
      assertThat(Population.isFailed(scored.fitness().get(child.parents().get(1)))).isFalse();
    }
  }

  @Test
  void withoutCrossoverThereIsOneParent() {
    CrossoverSettings never = new CrossoverSettings(CrossoverRule.SOURCE, 0, 1);
    Neat neat = new Neat(Samples.settings(never, Samples.NO_SPECIES), 3);
    Population scored = score(neat.firstGeneration(), 1);

    for (Individual child : neat.next(scored).individuals()) {
      Genome parent = scored.individuals().get(child.parents().get(0)).genome();
      assertThat(child.parents()).hasSize(1);
      assertThat(child.genome().equals(parent)).isEqualTo(child.origin() == Origin.COPY);
    }
    assertThat(neat.next(scored).individuals())
        .extracting(Individual::origin)
        .contains(Origin.COPY, Origin.MUTATION);
  }

  @Test
  void aPopulationOfOneGoesOn() {
    NeatSettings one =
        new NeatSettings(
            1,
            0,
            false,
            Samples.mutations(1),
            Samples.SOURCE,
            Samples.RANK,
            Samples.NO_SPECIES,
            Samples.SPACE);
    Population next = new Neat(one, 1).next(score(new Neat(one, 1).firstGeneration(), 3));

    assertThat(next.individuals()).extracting(Individual::origin).containsExactly(Origin.MUTATION);
  }

  /** Failed genomes are no parents, and where all fail any is. */
  @Test
  void goesOnWhereAllFail() {
    Neat neat = new Neat(Samples.settings(Samples.STANLEY, Samples.species(true, 1)), 3);
    Population first = neat.firstGeneration();
    Population failed = first.scored(Collections.nCopies(50, Double.NaN));

    assertThat(failed.fitness()).containsOnly(Population.FAILED);
    assertThat(neat.next(failed).individuals())
        .hasSize(50)
        .noneMatch(child -> child.parents().isEmpty());
  }

  @Test
  void isAFunctionOfSettingsSeedAndPopulation() {
    List<Population> one = evolved(SOURCE, 7, 12);

    assertThat(evolved(SOURCE, 7, 12)).isEqualTo(one);
    assertThat(evolved(SOURCE, 8, 12)).isNotEqualTo(one);
    // results that were published with a seed must be found again with it
    assertThat(one.get(1).genomes().stream().filter(g -> g.nodes().size() > 1).findFirst())
        .hasValueSatisfying(
            genome ->
                assertThat(genome)
                    .hasToString(
                        "genome output=1 nodes=[1:add(dil_conv_5x5+relu,skip_connect+relu)"
                            + "|2:multiply(max_pool_3x3+relu,max_pool_3x3)]"
                            + " connections=[1:0>1:I,2:0>1:J,3:0>2:I,4:2>1:J]"));
  }

  /** Goes on from what a checkpoint holds to the same bits, for all rules. */
  @Test
  void goesOnFromItsJson() {
    for (NeatSettings settings :
        List.of(SOURCE, Samples.settings(Samples.STANLEY, Samples.species(true, 1.5)))) {
      List<Population> all = evolved(settings, 5, 15);
      Neat neat = new Neat(settings, 5);
      for (int generation = 0; generation < 15; generation += 5) {
        Population unscored = Population.read(all.get(generation).json().toString());
        assertThat(unscored).isEqualTo(all.get(generation));
        Population scored = score(unscored, generation);
        assertThat(Population.read(scored.json().toPrettyString())).isEqualTo(scored);
        assertThat(neat.next(Population.read(scored.json().toString())))
            .isEqualTo(all.get(generation + 1));
      }
    }
  }

  @Test
  void refusesAnotherDocumentWithThePath() {
    String json = score(new Neat(SOURCE, 1).firstGeneration(), 1).json().toString();

    assertThatThrownBy(() -> Population.read(json.replaceFirst("\"first\"", "\"frist\"")))
        .hasMessage(
            "Invalid population in JSON at $.individuals[0].origin: found 'frist',"
                + " expected one of first, copy, mutation, crossover");
    assertThatThrownBy(() -> Population.read(json.replaceFirst("1:I|\"to\":1", "\"to\":5")))
        .hasMessageStartingWith(
            "Invalid genome in JSON at $.individuals[0].genome: Invalid genome: connection");
    assertThatThrownBy(
            () -> Population.read(json.replace("\"formatVersion\":1", "\"formatVersion\":3")))
        .hasMessageStartingWith(
            "Invalid population in JSON at $.formatVersion: found 3, expected 1");
    assertThatThrownBy(() -> Population.read(json.replace("\"number\":2", "\"number\":3")))
        .hasMessage(
            "Invalid population in JSON at $: Invalid innovations: number 3 stands where 2 must");
  }

  @Test
  void needsTheFitnessOfAll() {
    Neat neat = new Neat(SOURCE, 1);
    Population first = neat.firstGeneration();

    assertThatThrownBy(() -> neat.next(first))
        .hasMessage("Cannot go on from generation 0: the fitness of its genomes is not known");
    assertThatThrownBy(() -> first.scored(List.of(1.0)))
        .hasMessage(
            "Invalid population: 50 individuals have 1 values of fitness; give one for each");
  }

  @Test
  void withSpeciesEveryGenomeBelongsToOneAndNumbersAreNeverUsedAgain() {
    List<Population> all =
        evolved(Samples.settings(Samples.STANLEY, Samples.species(true, 1.5)), 2, 30);
    Set<Integer> gone = new HashSet<>();
    Set<Integer> last = Set.of();
    for (Population population : all) {
      List<Integer> members = new ArrayList<>();
      Set<Integer> now = new HashSet<>();
      population.species().forEach(s -> members.addAll(s.members()));
      population.species().forEach(s -> now.add(s.id()));
      assertThat(members).containsExactlyInAnyOrderElementsOf(population.members());
      assertThat(now).noneMatch(gone::contains);
      gone.addAll(last);
      gone.removeAll(now);
      last = now;
    }
    assertThat(gone).isNotEmpty();
  }

  @Test
  void eachNetworkHasItsFirstGenomeAsRepresentative() {
    Genome one = Samples.firstParent();
    Genome other = Samples.secondParent();
    Genome renamed =
        Genome.parse(
            one.text().replace("5:add", "7:add").replace("0>5", "0>7").replace("5>4", "7>4"));

    assertThat(DistinctNetworks.representatives(List.of(one, other, renamed, one, other)))
        .containsExactly(0, 1, 0, 0, 1);
  }

  private static Population score(Population population, long seed) {
    return population.scored(Samples.fitness(population.individuals().size(), seed));
  }

  /** Generation 0 and {@code generations} more, none of them scored. */
  private static List<Population> evolved(NeatSettings settings, long seed, int generations) {
    Neat neat = new Neat(settings, seed);
    List<Population> all = new ArrayList<>(List.of(neat.firstGeneration()));
    IntStream.range(0, generations)
        .forEach(generation -> all.add(neat.next(score(all.get(generation), generation))));
    return all;
  }
}
