package dev.fletch.evolution;

import dev.fletch.architecture.Genome;
import java.io.Serializable;
import java.util.List;

/**
 * A genome in a generation.
 *
 * @param id its number among all of all generations, from 0 on
 * @param parents ids of those that it comes from in the generation before, the fitter first
 */
public record Individual(int id, Genome genome, Origin origin, List<Integer> parents)
    implements Serializable {
  public Individual {
    parents = List.copyOf(parents);
  }
}
