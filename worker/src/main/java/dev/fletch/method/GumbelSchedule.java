package dev.fletch.method;

import dev.fletch.data.StepId;
import dev.fletch.supernet.GumbelNoise;
import dev.fletch.supernet.Relaxation;
import dev.fletch.supernet.SoftmaxRelaxation;
import java.util.function.IntFunction;

/**
 * Noise drawn anew in every step of the training, none in evaluation. What is read off alpha is
 * softmax(alpha), the probability of each operation.
 */
record GumbelSchedule(SearchSpace space, Training training, IntFunction<Relaxation> evaluating)
    implements RelaxationSchedule {
  /** The relaxation of a step with its noise. */
  interface Training {
    Relaxation with(double temperature, GumbelNoise noise);
  }

  @Override
  public Relaxation training(StepId at) {
    GumbelNoise noise = new GumbelNoise(space.seed(), at);
    return training.with(space.temperature(at.epoch()), noise);
  }

  @Override
  public Relaxation evaluation(int epoch) {
    return evaluating.apply(epoch);
  }

  @Override
  public Relaxation strength(int epoch) {
    return new SoftmaxRelaxation(space.operations(), 1);
  }

  @Override
  public double temperature(int epoch, float[] alpha) {
    return space.temperature().at(epoch, space.epochs());
  }
}
