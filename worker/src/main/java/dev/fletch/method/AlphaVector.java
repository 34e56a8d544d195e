package dev.fletch.method;

import dev.fletch.supernet.ArchitectureParameters;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * The vector that alpha's optimizer trains.
 *
 * @param length of it
 * @param initial a fresh one, a function of a seed
 */
public record AlphaVector(int length, LongFunction<float[]> initial) {
  /** alpha and {@code more} values after it, all 1e-3 * N(0, 1). */
  public static AlphaVector normal(ArchitectureParameters layout, int more) {
    int length = layout.count() + more;
    return new AlphaVector(length, seed -> ArchitectureParameters.initial(seed, length));
  }

  /** {@code length} times {@code value}. */
  public static AlphaVector constant(int length, float value) {
    return new AlphaVector(
        length,
        seed -> {
          float[] alpha = new float[length];
          Arrays.fill(alpha, value);
          return alpha;
        });
  }

  /** These values plus {@code shift} for those from {@code from} on. */
  AlphaVector shifted(int from, float shift) {
    return new AlphaVector(
        length,
        seed -> {
          float[] alpha = initial.apply(seed);
          for (int i = from; i < alpha.length; i++) {
            alpha[i] += shift;
          }
          return alpha;
        });
  }
}
