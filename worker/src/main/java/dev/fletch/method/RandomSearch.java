package dev.fletch.method;

import dev.fletch.architecture.DiscreteMixing;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.FixedMixing;

/**
 * Plain random search, the baseline of the DARTS paper (Liu et al., 2019, table 1: the best of 24):
 * architecture after architecture is drawn, trained from scratch for a few epochs on the w portion,
 * and scored on the alpha portion. The best is the search's result, as the epoch of best validation
 * score.
 *
 * @param epochsPerSample of training from scratch
 */
public record RandomSearch(int epochsPerSample) implements WithoutAlpha {
  public RandomSearch {
    new Checks().atLeast("epochs-per-sample", epochsPerSample, 1).orThrow();
  }

  @Override
  public int stageEpochs(SearchSpace space) {
    return epochsPerSample;
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    var operations = space.supernet().operations();
    var genotype = space.supernet().random(space.seed(), stage.index());
    FixedMixing mixing = new FixedMixing(DiscreteMixing.of(genotype, operations));
    return Composition.darts(space)
        .withEdges(EdgeSettings.PLAIN.withSampling())
        .withAlpha(AlphaVector.constant(0, 0))
        .withRelaxations(SteadySchedule.always(mixing))
        .withProcedure(Procedure.weightsOnly());
  }

  @Override
  public void check(Checks checks, SearchSpace space) {
    checks.require(
        "search.epochs",
        space.epochs() % epochsPerSample == 0,
        "must be a multiple of search.method.epochs-per-sample, which is "
            + epochsPerSample
            + ", got "
            + space.epochs());
  }
}
