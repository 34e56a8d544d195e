package dev.fletch.method;

import dev.fletch.bilevel.PerturbationBox;
import dev.fletch.bilevel.RandomPerturbation;

/**
 * Smooth DARTS by random smoothing (Chen and Hsieh, 2020, arXiv:2002.05283): w is trained at mixing
 * weights that are off by uniform noise, so that it suits a neighbourhood of alpha.
 *
 * @param epsilonFrom largest deviation in the first epoch
 * @param epsilonTo in the first epoch after the search; it rises linearly
 */
public record SdartsRs(double epsilonFrom, double epsilonTo) implements Method {
  public SdartsRs {
    new PerturbationBox(1, epsilonFrom, epsilonTo, 1, 0);
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    PerturbationBox box =
        new PerturbationBox(
            space.operations(), epsilonFrom, epsilonTo, space.epochs(), space.seed());
    return Composition.darts(space).withProcedure(Procedure.perturbed(new RandomPerturbation(box)));
  }
}
