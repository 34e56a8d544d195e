package dev.fletch.evolution;

import dev.fletch.architecture.Genome;
import dev.fletch.data.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a generation into species (Stanley and Miikkulainen, 2002, section 3.3): a genome belongs
 * to the first species to whose representative, drawn from the generation before, it is close
 * enough; otherwise it founds one.
 */
final class Speciation {
  private static final class Group {
    private final Species before;
    private final int id;
    private final Genome representative;
    private final List<Integer> members = new ArrayList<>();

    Group(Species before, int id, Genome representative) {
      this.before = before;
      this.id = id;
      this.representative = representative;
    }

    Species species(int generation) {
      double best = before == null ? Population.FAILED : before.best();
      int improvedIn = before == null ? generation : before.improvedIn();
      return new Species(id, representative, members, best, improvedIn);
    }
  }

  private final SpeciesSettings settings;
  private final List<Group> groups = new ArrayList<>();

  Speciation(SpeciesSettings settings) {
    this.settings = settings;
  }

  /** Keeps a species of the generation before, which {@code random} draws a representative from. */
  void keep(Species species, List<Individual> individuals, SeededRandom random) {
    int drawn = species.members().get(random.below(species.members().size()));
    groups.add(new Group(species, species.id(), individuals.get(drawn).genome()));
  }

  /** The species of a generation; those that nobody belongs to are no more. */
  List<Species> of(List<Individual> individuals, int generation) {
    for (int member = 0; member < individuals.size(); member++) {
      Individual individual = individuals.get(member);
      Group group =
          groups.stream()
              .filter(found -> isClose(found.representative, individual.genome()))
              .findFirst()
              .orElse(null);
      if (group == null) {
        group = new Group(null, individual.id(), individual.genome());
        groups.add(group);
      }
      group.members.add(member);
    }
    return groups.stream()
        .filter(group -> !group.members.isEmpty())
        .map(group -> group.species(generation))
        .toList();
  }

  private boolean isClose(Genome one, Genome other) {
    return Compatibility.between(one, other).distance(settings) < settings.threshold();
  }
}
