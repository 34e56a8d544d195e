package dev.fletch.method;

import dev.fletch.supernet.Relaxation;
import java.util.function.IntFunction;

/**
 * A relaxation that is the same in training and in evaluation, and has no temperature.
 *
 * @param ofEpoch the relaxation of an epoch
 */
record SteadySchedule(IntFunction<Relaxation> ofEpoch) implements RelaxationSchedule {
  static SteadySchedule always(Relaxation relaxation) {
    return new SteadySchedule(epoch -> relaxation);
  }

  @Override
  public Relaxation evaluation(int epoch) {
    return ofEpoch.apply(epoch);
  }
}
