package dev.fletch.search;

import dev.fletch.architecture.Operation;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSettings;
import dev.fletch.engine.Computing;
import dev.fletch.evolution.CrossoverRule;
import dev.fletch.evolution.CrossoverSettings;
import dev.fletch.evolution.GenomeSpace;
import dev.fletch.evolution.MutationSettings;
import dev.fletch.evolution.NeatSettings;
import dev.fletch.evolution.SelectionRule;
import dev.fletch.evolution.SelectionSettings;
import dev.fletch.evolution.SpeciesSettings;
import dev.fletch.gradient.Metrics;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.supernet.SupernetSettings;
import java.util.Map;

/** Evolutions of few genomes that mutate often, and whose networks are small. */
final class SmallPopulation {
  private SmallPopulation() {}

  /**
   * @param size genomes of a generation
   * @param inherit whether children inherit weights
   */
  static PopulationPlan plan(
      int size, boolean inherit, GenomeSpace space, BudgetSettings budget, DataSettings data) {
    NeatSettings neat =
        new NeatSettings(
            size,
            1,
            inherit,
            new MutationSettings(0.9, 2, 1, 1, 1, 0, 1),
            new CrossoverSettings(CrossoverRule.SOURCE, 0.5, 0.75),
            new SelectionSettings(SelectionRule.RANK, 3, 0.5),
            new SpeciesSettings(false, 1, 1, 0.4, 20, 3, 15, 5, 0.5, 0.001),
            space);
    FitnessSettings fitness =
        new FitnessSettings(
            2,
            new CandidateSettings(2, 1, 1, 0, 0, 1),
            8,
            new Computing(1),
            new SgdSettings(0.9, 0),
            new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 0.1, 0.1),
            5,
            AugmentationSettings.NONE);
    return new PopulationPlan(
        new PopulationSettings(neat, budget, fitness, 2),
        data,
        new SupernetSettings(2, 3, 2, 1, Operation.DARTS),
        Metrics.DEFAULT,
        3,
        ResultKeys.of(Map.of("seed", "3")));
  }
}
