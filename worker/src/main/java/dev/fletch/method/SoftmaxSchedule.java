package dev.fletch.method;

import dev.fletch.data.StepId;
import dev.fletch.supernet.Relaxation;
import dev.fletch.supernet.SoftmaxRelaxation;
import java.util.Optional;

/** softmax(alpha / T) with T of the epoch, in training and evaluation alike. */
record SoftmaxSchedule(SearchSpace space) implements RelaxationSchedule {
  @Override
  public Relaxation training(StepId at) {
    return evaluation(at.epoch());
  }

  @Override
  public Relaxation evaluation(int epoch) {
    return new SoftmaxRelaxation(space.operations(), space.temperature(epoch));
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
    return Optional.of(new SoftmaxRelaxation(space.operations(), temperature));
  }
}
