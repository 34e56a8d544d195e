package dev.fletch.method;

import dev.fletch.bilevel.AdversarialPerturbation;
import dev.fletch.bilevel.PerturbationBox;

/**
 * Smooth DARTS by adversarial attack (Chen and Hsieh, 2020, arXiv:2002.05283): w is trained at the
 * worst mixing weights near alpha's.
 *
 * @param epsilonFrom largest deviation in the first epoch
 * @param epsilonTo in the first epoch after the search; it rises linearly
 * @param steps of the attack
 */
public record SdartsAdv(double epsilonFrom, double epsilonTo, int steps) implements Method {
  public SdartsAdv {
    new AdversarialPerturbation(new PerturbationBox(1, epsilonFrom, epsilonTo, 1, 0), steps);
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    PerturbationBox box =
        new PerturbationBox(
            space.operations(), epsilonFrom, epsilonTo, space.epochs(), space.seed());
    return Composition.darts(space)
        .withProcedure(Procedure.perturbed(new AdversarialPerturbation(box, steps)));
  }
}
