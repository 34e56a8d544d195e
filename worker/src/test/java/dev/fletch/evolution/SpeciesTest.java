package dev.fletch.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Genome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpeciesTest {
  private static final Genome FIRST = Samples.firstParent();
  private static final Genome SECOND = Samples.secondParent();
  private static final Genome CHANGED =
      Genome.parse(FIRST.text().replace("5:add(max_pool_3x3", "5:multiply(avg_pool_3x3+relu"));

  /**
   * Numbers 6, 7 and 8 are one parent's alone, 9 and 10 are newer than all of the other. Of five
   * connections and two nodes that both have, connection 5 differs.
   */
  @Test
  void distanceOfTheParentsInTheFigure() {
    Compatibility compatibility = Compatibility.between(FIRST, SECOND);

    assertThat(compatibility).isEqualTo(new Compatibility(2, 3, 1 / 7.0, 9));
    assertThat(Compatibility.between(SECOND, FIRST)).isEqualTo(compatibility);
    assertThat(compatibility.distance(weights(1, 10, 0.7, 20)))
        .isCloseTo(2 + 10 * 3 + 0.7 / 7, within(1e-12));
    assertThat(compatibility.distance(weights(1, 10, 0.7, 9)))
        .isCloseTo(2 / 9.0 + 10 * 3 / 9.0 + 0.7 / 7, within(1e-12));
  }

  /** Six connections and two nodes, of which one has three differences. */
  @Test
  void distanceOfOtherGenes() {
    assertThat(Compatibility.between(FIRST, CHANGED))
        .isEqualTo(new Compatibility(0, 0, 3 / 8.0, 6));
    assertThat(Compatibility.between(FIRST, FIRST)).isEqualTo(new Compatibility(0, 0, 0, 6));
  }

  @Test
  void aGenomeBelongsToTheFirstSpeciesThatIsCloseOrFoundsOne() {
    List<Individual> before = List.of(individual(3, SECOND), individual(4, FIRST));
    Speciation speciation = new Speciation(Samples.species(true, 5));
    speciation.keep(new Species(1, CHANGED, List.of(1), 0.5, 2), before, Samples.random(1));
    speciation.keep(new Species(2, CHANGED, List.of(0), 0.7, 4), before, Samples.random(1));
    Genome small = Samples.genome("4:add(none,skip_connect)", "11:0>4:J");

    List<Species> species =
        speciation.of(
            List.of(individual(5, small), individual(6, CHANGED), individual(7, FIRST)), 6);

    assertThat(species)
        .containsExactly(
            new Species(1, FIRST, List.of(1, 2), 0.5, 2),
            new Species(5, small, List.of(0), Population.FAILED, 6));
  }

  @Test
  void fitnessIsSharedWithinASpecies() {
    List<Double> fitness = List.of(0.9, 0.6, 0.3, 0.3, 0.0, Population.FAILED);

    assertThat(Litter.sharedFitness(species(0, 1), fitness)).isCloseTo(0.75, within(1e-12));
    assertThat(Litter.sharedFitness(species(2, 3, 4, 5), fitness)).isCloseTo(0.15, within(1e-12));
  }

  /** 0.75 and 0.15 of twenty children: 16.67 and 3.33. */
  @Test
  void childrenAreDividedByFitnessShared() {
    assertThat(Litter.divided(20, new double[] {0.75, 0.15})).containsExactly(17, 3);
    assertThat(Litter.divided(10, new double[] {1, 1, 1})).containsExactly(4, 3, 3);
    assertThat(Litter.divided(5, new double[] {0, 0})).containsExactly(3, 2);
    assertThat(Litter.divided(3, new double[] {0, 2})).containsExactly(0, 3);
  }

  @Test
  void littersAreOfTheBestOfEachSpeciesAndChampionsOfLargeOnesAreCopied() {
    Population population = population(List.of(0.1, 0.2, 0.9, 0.3, 0.4, 0.5, 0.0, 0.2), 3, 0);

    List<Litter> litters = Litter.of(settings(), population, List.of(), 10);

    // six members with a mean of 0.4, two with 0.1
    assertThat(litters).extracting(Litter::children).containsExactly(8, 2);
    assertThat(litters).extracting(Litter::champion).containsExactly(2, Litter.NONE);
    assertThat(litters.get(0).parents().without(2).draw(Samples.random(1))).isEqualTo(5);
    assertThat(Litter.of(settings(), population, List.of(2), 10))
        .extracting(Litter::champion)
        .containsOnly(Litter.NONE);
  }

  @Test
  void aSpeciesWithoutProgressHasNoChildren() {
    List<Double> fitness = List.of(0.1, 0.2, 0.9, 0.3, 0.4, 0.5, 0.0, 0.2);

    // the second improved in the last generation, the first 15 ago
    assertThat(Litter.of(settings(), population(fitness, 15, 14), List.of(), 10))
        .extracting(Litter::children)
        .containsExactly(10);
    // none has: the best species goes on
    List<Litter> last = Litter.of(settings(), population(fitness, 40, 14), List.of(), 10);
    assertThat(last).extracting(Litter::champion).containsExactly(2);
  }

  @Test
  void progressIsABetterMemberThanEver() {
    Population population =
        new Population(
            7,
            List.of(individual(1, FIRST), individual(2, SECOND)),
            List.of(
                new Species(1, FIRST, List.of(0), 0.5, 3),
                new Species(2, FIRST, List.of(1), 0.5, 3)),
            new InnovationTable(List.of()),
            List.of());

    assertThat(population.scored(List.of(0.5, 0.6)).species())
        .containsExactly(
            new Species(1, FIRST, List.of(0), 0.5, 3), new Species(2, FIRST, List.of(1), 0.6, 7));
    assertThat(population.scored(List.of(Double.NaN, 0.4)).species())
        .isEqualTo(population.species());
  }

  private static SpeciesSettings weights(
      double excess, double disjoint, double differences, int smallGenome) {
    return new SpeciesSettings(
        true, excess, disjoint, differences, smallGenome, 3, 15, 6, 0.2, 0.001);
  }

  private static NeatSettings settings() {
    return Samples.settings(Samples.SOURCE, Samples.species(true, 3));
  }

  /** Six of a species that improved in generation 0, two of another. */
  private static Population population(List<Double> fitness, int generation, int improvedIn) {
    List<Individual> individuals =
        IntStream.range(0, fitness.size()).mapToObj(n -> individual(n, FIRST)).toList();
    return new Population(
        generation,
        individuals,
        List.of(
            new Species(0, FIRST, List.of(0, 1, 2, 3, 4, 5), 2, 0),
            new Species(6, FIRST, List.of(6, 7), 2, improvedIn)),
        new InnovationTable(List.of()),
        fitness);
  }

  private static Species species(Integer... members) {
    return new Species(0, FIRST, List.of(members), 0, 0);
  }

  private static Individual individual(int id, Genome genome) {
    return new Individual(id, genome, Origin.FIRST, List.of());
  }
}
