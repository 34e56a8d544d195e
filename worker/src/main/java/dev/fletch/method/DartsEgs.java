package dev.fletch.method;

import dev.fletch.settings.Checks;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.EnsembleCodeRelaxation;
import dev.fletch.supernet.HardGumbelRelaxation;
import java.util.Optional;

/**
 * DARTS-EGS, later named DATA (Chang et al., 2019, arXiv:1905.01786): an ensemble of M hard Gumbel
 * samples per edge, whose element-wise maximum is a code of up to M operations. No code was
 * published; its temperatures and its rule for the genotype are not known here, and are those of
 * GDAS and DARTS.
 *
 * @param samples M
 */
public record DartsEgs(int samples) implements Method {
  public DartsEgs {
    new Checks().atLeast("samples", samples, 1).orThrow();
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    int operations = space.operations();
    return Composition.darts(space)
        .withEdges(EdgeSettings.PLAIN.withSampling())
        .withRelaxations(
            new GumbelSchedule(
                space,
                (temperature, noise) ->
                    new HardGumbelRelaxation(operations, temperature, samples, noise),
                epoch -> new EnsembleCodeRelaxation(operations, samples)));
  }

  @Override
  public Optional<String> withoutSecondOrder() {
    return Optional.of("its samples change between the steps that would be unrolled");
  }
}
