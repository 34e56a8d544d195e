package dev.fletch.search;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.evolution.NeatSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;

/**
 * A search by evolution.
 *
 * @param neat how genomes evolve
 * @param budget when it ends
 * @param fitness how genomes are scored
 * @param keepCheckpoints how many of the latest checkpoints stay
 */
public record PopulationSettings(
    @Key("method") NeatSettings neat,
    BudgetSettings budget,
    FitnessSettings fitness,
    int keepCheckpoints)
    implements SearchSection {
  /** As {@code search.method.name} has it. */
  public static final String NAME = "neat";

  public PopulationSettings {
    new Checks().atLeast("keep-checkpoints", keepCheckpoints, 1).orThrow();
  }

  @Override
  public String methodName() {
    return NAME;
  }

  @Override
  public int epochs() {
    return budget.generations();
  }

  @Override
  public AugmentationSettings augmentation() {
    return fitness.augmentation();
  }

  @Override
  public int threads() {
    return fitness.threads();
  }

  @Override
  public int tasks() {
    return fitness.parallel();
  }
}
