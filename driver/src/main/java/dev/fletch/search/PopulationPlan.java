package dev.fletch.search;

import dev.fletch.data.DataSettings;
import dev.fletch.gradient.Metric;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.supernet.SupernetSpace;

/**
 * One population search to be run.
 *
 * @param supernet of no use to it: what random genotypes would be drawn from
 * @param metric what ranks networks and generations
 * @param seed of evolution, of the order of examples, and of all trainings
 * @param keys see {@link SearchPlan#resultKeys}; a checkpoint with other values is refused
 */
public record PopulationPlan(
    PopulationSettings settings,
    DataSettings data,
    SupernetSpace supernet,
    Metric metric,
    long seed,
    ResultKeys keys)
    implements PlannedSearch {
  @Override
  public int order() {
    return 0;
  }

  @Override
  public double alphaL1() {
    return 0;
  }

  /** Genomes are no cells, of which some could be missing. */
  @Override
  public boolean hasNormalCells() {
    return true;
  }

  @Override
  public int comparableFrom() {
    return 0;
  }
}
