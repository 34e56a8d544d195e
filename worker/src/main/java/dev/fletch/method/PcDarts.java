package dev.fletch.method;

import dev.fletch.architecture.CellTopology;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.EdgeNormalisation;
import dev.fletch.supernet.EdgeSettings;
import java.util.Optional;

/**
 * PC-DARTS (Xu et al., 2020, arXiv:1907.05737; yuhuixu1993/PC-DARTS): only 1/K of the channels go
 * through the operations, edges have weights of their own, and alpha waits for w.
 *
 * @param partial K
 * @param warmUp epochs before alpha's first step
 */
public record PcDarts(int partial, int warmUp) implements Method {
  public PcDarts {
    new Checks().atLeast("partial", partial, 2).atLeast("warm-up", warmUp, 0).orThrow();
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    CellTopology topology = space.supernet().topology();
    return Composition.darts(space)
        .withEdges(EdgeSettings.PLAIN.withPartial(partial))
        .withAlpha(AlphaVector.normal(space.layout(), topology.rows()))
        .withRelaxations(
            new TemperedSchedule(
                space, t -> new EdgeNormalisation(space.operations(), topology, t)))
        .withProcedure(Procedure.bilevel().from(warmUp));
  }

  @Override
  public Optional<String> withoutRecurrentCells() {
    return Optional.of(
        "its edges let most channels past their operations, and the states of a recurrent cell"
            + " have no channels");
  }

  @Override
  public void check(Checks checks, SearchSpace space) {
    int channels = space.cells().initChannels();
    checks
        .require(
            "search.method.warm-up",
            warmUp < space.epochs(),
            "must be below search.epochs, which is "
                + space.epochs()
                + ", or alpha never takes a step; got "
                + warmUp)
        .require(
            "search.method.partial",
            channels % (2 * partial) == 0,
            "must divide half of supernet.init-channels, which is "
                + channels
                + ", since 1/partial of the channels is halved again by skip connections of"
                + " stride 2; got "
                + partial);
  }
}
