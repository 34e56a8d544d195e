package dev.fletch.method;

import dev.fletch.supernet.Relaxation;
import dev.fletch.supernet.SoftmaxRelaxation;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * A relaxation at the temperature T of the epoch, in training and evaluation alike.
 *
 * @param atTemperature the relaxation that divides alpha by T
 */
record TemperedSchedule(SearchSpace space, DoubleFunction<Relaxation> atTemperature)
    implements RelaxationSchedule {
  /** softmax(alpha / T). */
  static TemperedSchedule softmax(SearchSpace space) {
    return new TemperedSchedule(space, t -> new SoftmaxRelaxation(space.operations(), t));
  }

  @Override
  public Relaxation evaluation(int epoch) {
    return atTemperature.apply(space.temperature(epoch));
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
    return Optional.of(atTemperature.apply(temperature));
  }
}
