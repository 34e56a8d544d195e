package dev.fletch.method;

import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.GumbelRelaxation;
import dev.fletch.supernet.SoftmaxRelaxation;
import java.util.Optional;

/**
 * SNAS (Xie et al., 2019, arXiv:1812.09926; SNAS-Series): mixing weights are soft samples of a
 * Gumbel softmax whose temperature falls, and one loss on one minibatch trains w and alpha. Not
 * taken over are its resource penalty, its drop path during the search, its start of log alpha
 * (N(1, 0.01)) and its rule that an edge is left out where none is largest: the genotype is read
 * off as that of DARTS.
 *
 * @param alphaClip global L2 norm at which alpha's gradient is clipped; 0 for none
 */
public record Snas(double alphaClip) implements Method {
  public Snas {
    new Checks().atLeast("alpha-clip", alphaClip, 0).orThrow();
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    int operations = space.operations();
    return Composition.darts(space)
        .withRelaxations(
            new GumbelSchedule(
                space,
                (temperature, noise) -> new GumbelRelaxation(operations, temperature, noise),
                epoch -> new SoftmaxRelaxation(operations, space.temperature(epoch))))
        .withObjective(AlphaObjective.CROSS_ENTROPY.clippedAt(alphaClip))
        .withProcedure(Procedure.singleLevel());
  }

  @Override
  public Optional<String> withoutSecondOrder() {
    return Optional.of("w and alpha are trained on the same loss, so there is nothing to unroll");
  }
}
