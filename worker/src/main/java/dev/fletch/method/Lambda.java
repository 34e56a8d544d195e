package dev.fletch.method;

import dev.fletch.supernet.Relaxation;
import java.util.function.IntFunction;

/**
 * A value of a hypernetwork's complexity parameter.
 *
 * @param ofEpoch what it makes of the trained vector after an epoch
 */
public record Lambda(double value, IntFunction<Relaxation> ofEpoch) {
  /** At the temperature of {@code epoch}. */
  public Relaxation relaxation(int epoch) {
    return ofEpoch.apply(epoch);
  }
}
