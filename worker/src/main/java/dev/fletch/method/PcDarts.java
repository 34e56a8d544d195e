package dev.fletch.method;

import dev.fletch.data.StepId;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.EdgeNormalisation;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.Relaxation;
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
    Normalised schedule = new Normalised(space);
    return Composition.darts(space)
        .with(EdgeSettings.PLAIN.withPartial(partial))
        .with(AlphaVector.normal(space.layout(), space.supernet().topology().rows()))
        .with(schedule)
        .with(Procedure.bilevel().from(warmUp));
  }

  @Override
  public void check(Checks checks, SearchSpace space) {
    int channels = space.supernet().initChannels();
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

  private record Normalised(SearchSpace space) implements RelaxationSchedule {
    @Override
    public Relaxation training(StepId at) {
      return evaluation(at.epoch());
    }

    @Override
    public Relaxation evaluation(int epoch) {
      return atTemperature(space.temperature(epoch));
    }

    @Override
    public double temperature(int epoch, float[] alpha) {
      return space.temperature().at(epoch, space.epochs());
    }

    @Override
    public double strengthTemperature(int epoch, float[] alpha) {
      return space.temperature(epoch);
    }

    @Override
    public Optional<Relaxation> at(double temperature) {
      return Optional.of(atTemperature(temperature));
    }

    private Relaxation atTemperature(double temperature) {
      return new EdgeNormalisation(space.operations(), space.supernet().topology(), temperature);
    }
  }
}
