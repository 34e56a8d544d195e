package dev.fletch.evolution;

import dev.fletch.architecture.Genome;
import java.io.Serializable;
import java.util.List;

/**
 * Genomes of a generation that are close to one of the generation before.
 *
 * @param id that of the first individual it ever had
 * @param representative what its members are close to
 * @param members places in the population, at least one
 * @param best the highest fitness that a member has ever had; {@link Population#FAILED} before one
 *     has any
 * @param improvedIn the generation in which {@code best} was reached, or that of the first member
 */
public record Species(
    int id, Genome representative, List<Integer> members, double best, int improvedIn)
    implements Serializable {
  public Species {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("Invalid species " + id + ": it must have a member");
    }
  }

  /** This species when the fitness of its members in {@code generation} is known. */
  Species scored(List<Double> fitness, int generation) {
    double now = fitness.get(champion(fitness));
    return now > best ? new Species(id, representative, members, now, generation) : this;
  }

  /** Its best member. */
  int champion(List<Double> fitness) {
    return Selection.bestFirst(members, fitness).get(0);
  }
}
