package dev.fletch.report.model;

import dev.fletch.evolution.Individual;
import dev.fletch.evolution.Origin;
import dev.fletch.evolution.Population;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An individual with its ancestors, as far back and as many of a generation as people can look at.
 *
 * @param members by generation, the fittest of a generation first; the individual itself last
 * @param leftOut ancestors that are not among them, as far as they are known: parents of members
 */
public record FamilyTree(List<Member> members, int leftOut) {
  static final FamilyTree NOBODY = new FamilyTree(List.of(), 0);

  private static final int GENERATIONS = 24;
  private static final int OF_ONE_GENERATION = 8;

  /**
   * One of the family.
   *
   * @param fitness {@link Population#FAILED} if it has none
   * @param parents ids of those that are in the tree
   * @param genome as text
   */
  public record Member(
      int id, int generation, double fitness, Origin origin, List<Integer> parents, String genome) {
    public Member {
      parents = List.copyOf(parents);
    }
  }

  public FamilyTree {
    members = List.copyOf(members);
  }

  /** Of the fittest individual of {@code last}, from the generations up to that one. */
  static FamilyTree of(List<Population> generations, int last) {
    Population population = generations.get(last);
    List<Individual> kept = List.of(population.individuals().get(GenerationLine.best(population)));
    List<Member> members = new ArrayList<>();
    int leftOut = 0;
    for (int g = last; g >= 0 && !kept.isEmpty(); g--) {
      Set<Integer> wanted =
          kept.stream().flatMap(i -> i.parents().stream()).collect(Collectors.toSet());
      List<Individual> before =
          g > 0 && last - g + 1 < GENERATIONS ? fittest(generations.get(g - 1), wanted) : List.of();
      leftOut += wanted.size() - before.size();
      members.addAll(0, members(generations.get(g), kept, before));
      kept = before;
    }
    return new FamilyTree(members, leftOut);
  }

  private static List<Individual> fittest(Population population, Set<Integer> ids) {
    Map<Integer, Double> fitness = fitness(population);
    return population.individuals().stream()
        .filter(individual -> ids.contains(individual.id()))
        .sorted(
            Comparator.comparingDouble((Individual i) -> -fitness.get(i.id()))
                .thenComparingInt(Individual::id))
        .limit(OF_ONE_GENERATION)
        .toList();
  }

  private static List<Member> members(
      Population population, List<Individual> kept, List<Individual> before) {
    Map<Integer, Double> fitness = fitness(population);
    List<Integer> known = before.stream().map(Individual::id).toList();
    return kept.stream()
        .map(
            individual ->
                new Member(
                    individual.id(),
                    population.generation(),
                    fitness.get(individual.id()),
                    individual.origin(),
                    individual.parents().stream().distinct().filter(known::contains).toList(),
                    individual.genome().text()))
        .toList();
  }

  private static Map<Integer, Double> fitness(Population population) {
    Map<Integer, Double> fitness = new HashMap<>();
    for (int place = 0; place < population.individuals().size(); place++) {
      fitness.put(population.individuals().get(place).id(), population.fitness().get(place));
    }
    return fitness;
  }
}
