package dev.fletch.search;

import dev.fletch.architecture.Genome;
import dev.fletch.evolution.DistinctNetworks;
import dev.fletch.evolution.Individual;
import dev.fletch.evolution.Inheritance;
import dev.fletch.evolution.Population;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who inherits what. Weights of a network are kept as long as every generation has a genome that
 * describes it: one that comes back after it was gone keeps its score but has nothing to leave. So
 * what a child inherits is a function of the generations alone, and one generation's weights are
 * all that is ever needed.
 */
final class Heirs {
  /**
   * @param fitness of the network that was trained for {@code genome}
   */
  private record Scored(Genome genome, Fitness fitness) {}

  private final RunFolder run;

  /** The newest generation whose fitness is known, by id. */
  private Map<Integer, Scored> parents = Map.of();

  /** Ids of the genomes whose networks' weights are kept. */
  private Set<Integer> kept = Set.of();

  Heirs(RunFolder run) {
    this.run = run;
  }

  /**
   * Takes over what was scored before the search was interrupted.
   *
   * @param trained all networks that were trained
   * @throws RunFolderException if that of a genome is not among them
   */
  void recall(List<Population> generations, List<Fitness> trained) {
    List<Individual> all =
        generations.stream().flatMap(population -> population.individuals().stream()).toList();
    List<Integer> first =
        DistinctNetworks.representatives(all.stream().map(Individual::genome).toList());
    Map<Integer, Fitness> byId =
        trained.stream().collect(Collectors.toMap(Fitness::id, fitness -> fitness));
    int at = 0;
    for (Population population : generations) {
      List<Fitness> ofGenomes = new ArrayList<>();
      for (int i = 0; i < population.individuals().size(); i++, at++) {
        int id = all.get(first.get(at)).id();
        if (!byId.containsKey(id)) {
          throw new RunFolderException(
              "%s/%s: is missing, or of other settings: restore it from a copy of the folder, or"
                      .formatted(run.path(), FitnessFile.name(id))
                  + " choose another output");
        }
        ofGenomes.add(byId.get(id));
      }
      scored(population, ofGenomes);
    }
  }

  /**
   * Makes a generation the parents of the next.
   *
   * @param ofGenomes in the order of the population
   */
  void scored(Population population, List<Fitness> ofGenomes) {
    List<Individual> individuals = population.individuals();
    Map<Integer, Scored> now = new HashMap<>();
    for (int i = 0; i < individuals.size(); i++) {
      Individual individual = individuals.get(i);
      now.put(individual.id(), new Scored(individual.genome(), ofGenomes.get(i)));
    }
    Set<Integer> keptNow = new HashSet<>();
    for (Fitness fitness : ofGenomes) {
      int id = fitness.id();
      if (!fitness.isFailed() && (now.containsKey(id) || kept.contains(id))) {
        keptNow.add(id);
      }
    }
    parents = now;
    kept = keptNow;
  }

  /**
   * What the training of a child of the newest generation begins with.
   *
   * @throws RunFolderException if weights that it inherits are missing or damaged
   */
  Heritage heritage(Individual child) {
    List<Scored> found =
        child.parents().stream()
            .map(parents::get)
            .filter(parent -> kept.contains(parent.fitness().id()))
            .toList();
    Heritage heritage =
        new Heritage(
            run.path(),
            run.writer(),
            found.stream()
                .map(p -> new Heritage.Parent(p.fitness().id(), p.fitness().genome()))
                .toList(),
            Inheritance.of(
                child.genome(),
                found.stream()
                    .map(p -> new Inheritance.Parent(p.genome(), p.fitness().genome()))
                    .toList()));
    heritage.requireWhole(run);
    return heritage;
  }

  /**
   * Removes weights that no child can need any more. Those that are newer than the newest
   * generation stay: they are of one that was interrupted.
   */
  void removeOld() {
    int last = parents.keySet().stream().mapToInt(id -> id).max().orElse(-1);
    TrainedWeights.remove(run, id -> id > last || kept.contains(id));
  }
}
