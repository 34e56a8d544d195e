package dev.fletch.evolution;

import dev.fletch.data.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the children of a population. Each plan is a function of seed, generation and child. */
final class Breeding {
  private final NeatSettings settings;
  private final Population scored;
  private final Chances chances;
  private final MutationDraw mutations;
  private final Selection anyone;

  Breeding(NeatSettings settings, Population scored, Chances chances) {
    this.settings = settings;
    this.scored = scored;
    this.chances = chances;
    this.mutations = new MutationDraw(settings.mutation(), settings.space());
    this.anyone = new Selection(settings.selection(), scored.fitness(), scored.members());
  }

  /** One for each child; the best genomes, which stay as they are, come first. */
  List<Plan> plans() {
    List<Integer> elite =
        Selection.bestFirst(scored.members(), scored.fitness()).stream()
            .filter(member -> !Population.isFailed(scored.fitness().get(member)))
            .limit(settings.elitism())
            .toList();
    List<Plan> plans = new ArrayList<>();
    elite.forEach(member -> plans.add(copy(member)));
    int children = settings.population() - elite.size();
    for (Litter litter : Litter.of(settings, scored, elite, children)) {
      for (int n = 0; n < litter.children(); n++) {
        boolean isCopy = n == 0 && litter.champion() != Litter.NONE;
        plans.add(
            isCopy
                ? copy(litter.champion())
                : plan(litter.parents(), chances.ofParents(plans.size())));
      }
    }
    return plans;
  }

  private static Plan copy(int member) {
    return new Plan(List.of(new Plan.Parent(member, Optional.empty())));
  }

  private Plan plan(Selection parents, SeededRandom random) {
    int first = parents.draw(random);
    if (random.unit() >= settings.crossover().probability()) {
      return new Plan(List.of(parent(first, random)));
    }
    boolean ofAnySpecies =
        settings.species().enabled() && random.unit() < settings.species().interspeciesMating();
    int second = (ofAnySpecies ? anyone : parents).without(first).draw(random);
    if (second == first) {
      return new Plan(List.of(parent(first, random)));
    }
    List<Integer> ordered = Selection.bestFirst(List.of(first, second), scored.fitness());
    return new Plan(ordered.stream().map(member -> parent(member, random)).toList());
  }

  private Plan.Parent parent(int member, SeededRandom random) {
    return new Plan.Parent(
        member, mutations.perhaps(scored.individuals().get(member).genome(), random));
  }
}
