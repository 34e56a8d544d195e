package dev.fletch.method;

import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.LearnedTemperatureRelaxation;
import dev.fletch.supernet.Relaxation;
import java.util.Arrays;
import java.util.Locale;

/**
 * softmax(alpha / T) with T trained like alpha, on validation minibatches by alpha's optimizer; it
 * begins at {@code search.temperature.from}. What is trained is ln T, so weight decay of alpha's
 * optimizer pulls T to 1.
 */
public record TdDartsLearnedTemperature() implements Method {
  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    int count = space.layout().count();
    float initial = (float) Math.log(space.temperature().from());
    AlphaVector vector =
        new AlphaVector(
            count + LearnedTemperatureRelaxation.EXTRA,
            seed -> {
              float[] alpha =
                  Arrays.copyOf(
                      space.layout().initial(seed), count + LearnedTemperatureRelaxation.EXTRA);
              alpha[count] = initial;
              return alpha;
            });
    return Composition.darts(space)
        .withAlpha(vector)
        .withRelaxations(new Learned(space.operations()));
  }

  @Override
  public void check(Checks checks, SearchSpace space) {
    checks.require(
        "search.temperature.schedule",
        space.temperature().schedule() == TemperatureSettings.Schedule.CONSTANT,
        "must be constant with method "
            + name()
            + ": T begins at from and is learned, got "
            + space.temperature().schedule().name().toLowerCase(Locale.ROOT));
  }

  private record Learned(int operations) implements RelaxationSchedule {
    @Override
    public Relaxation evaluation(int epoch) {
      return new LearnedTemperatureRelaxation(operations);
    }

    @Override
    public double strengthTemperature(int epoch, float[] alpha) {
      return temperature(epoch, alpha);
    }

    @Override
    public double temperature(int epoch, float[] alpha) {
      return LearnedTemperatureRelaxation.temperature(alpha);
    }
  }
}
