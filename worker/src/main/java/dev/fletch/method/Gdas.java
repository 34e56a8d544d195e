package dev.fletch.method;

import dev.fletch.architecture.TopPairsDerivation;
import dev.fletch.supernet.ArgmaxRelaxation;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.HardGumbelRelaxation;
import java.util.Optional;

/**
 * GDAS (Dong and Yang, 2019, arXiv:1910.04465; AutoDL-Projects): every step samples one operation
 * per edge by a hard Gumbel softmax and computes no other; gradients go straight through. w is
 * stepped before alpha.
 */
public record Gdas() implements Method {
  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    int operations = space.operations();
    return Composition.darts(space)
        .withEdges(EdgeSettings.PLAIN.withSampling())
        .withRelaxations(
            new GumbelSchedule(
                space,
                (temperature, noise) -> new HardGumbelRelaxation(operations, temperature, 1, noise),
                epoch -> new ArgmaxRelaxation(operations)))
        .withProcedure(Procedure.weightsFirst())
        .withDerivation(new TopPairsDerivation());
  }

  @Override
  public Optional<String> withoutSecondOrder() {
    return Optional.of("its samples change between the steps that would be unrolled");
  }
}
