package dev.fletch.report.model;

import dev.fletch.evolution.Innovation;
import dev.fletch.evolution.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a report says of a search by evolution.
 *
 * @param generations all of them with their fitness, generation 0 first; at least one
 * @param costs what each took
 */
public record PopulationReport(List<Population> generations, List<GenerationCost> costs) {
  public PopulationReport {
    generations = List.copyOf(generations);
    costs = List.copyOf(costs);
    if (generations.isEmpty()) {
      throw new IllegalArgumentException("Invalid evolution: it must have a generation");
    }
    if (generations.size() != costs.size()) {
      throw new IllegalArgumentException(
          "Invalid evolution: %d generations have %d costs; give one for each"
              .formatted(generations.size(), costs.size()));
    }
    for (int g = 0; g < generations.size(); g++) {
      Population population = generations.get(g);
      if (population.generation() != g || !population.isScored()) {
        throw new IllegalArgumentException(
            "Invalid evolution: generation %d stands at place %d%s; give all from 0 on, each with its fitness"
                .formatted(
                    population.generation(), g, population.isScored() ? "" : " without fitness"));
      }
    }
  }

  /** Each generation in numbers. */
  public List<GenerationLine> lines() {
    List<GenerationLine> lines = new ArrayList<>();
    for (int g = 0; g < generations.size(); g++) {
      lines.add(GenerationLine.of(generations.get(g), costs.get(g)));
    }
    return lines;
  }

  /** The generation of the fittest individual of all, the first of several; empty if all failed. */
  public OptionalInt bestGeneration() {
    OptionalInt found = OptionalInt.empty();
    double best = Double.NEGATIVE_INFINITY;
    for (GenerationLine line : lines()) {
      if (line.best() > best) {
        best = line.best();
        found = OptionalInt.of(line.generation());
      }
    }
    return found;
  }

  /** The ancestors of the fittest individual of all; empty if all failed. */
  public FamilyTree winner() {
    return bestGeneration().isPresent()
        ? FamilyTree.of(generations, bestGeneration().getAsInt())
        : FamilyTree.NOBODY;
  }

  /** Whether genomes compete within species. */
  public boolean hasSpecies() {
    return generations.stream().anyMatch(population -> !population.species().isEmpty());
  }

  /** All connections ever made. */
  public List<Innovation> innovations() {
    return generations.get(generations.size() - 1).innovations().innovations();
  }

  /** Networks trained in all generations. */
  public int evaluations() {
    return costs.stream().mapToInt(GenerationCost::evaluations).sum();
  }

  /** Wall time of all generations; NaN if one is unknown. */
  public double seconds() {
    return costs.stream().mapToDouble(GenerationCost::seconds).sum();
  }
}
