package dev.fletch.supernet;

import dev.fletch.data.SeededRandom;
import dev.fletch.data.StepId;
import java.io.Serializable;

/**
 * Gumbel noise of one step: -ln(-ln u), u uniform in (0, 1); a function of seed, epoch, step and
 * sample, the same for all replicas.
 *
 * @param draw which of the step's draws: alpha and w see different ones
 */
public record GumbelNoise(long seed, StepId at, int draw) implements Serializable {
  /** Half the distance between the numbers that {@link SeededRandom#unit} gives. */
  private static final double HALF = 0x1p-54;

  /** The first draw of a step. */
  public GumbelNoise(long seed, StepId at) {
    this(seed, at, 0);
  }

  GumbelNoise next() {
    return new GumbelNoise(seed, at, draw + 1);
  }

  /** {@code length} numbers of the {@code sample}-th sample. */
  double[] sample(int sample, int length) {
    SeededRandom random =
        SeededRandom.of(SeededRandom.Purpose.GUMBEL, seed, at.draw(), at.step(), draw, sample);
    double[] noise = new double[length];
    for (int i = 0; i < length; i++) {
      // moved off 0, whose logarithm is not finite
      noise[i] = -Math.log(-Math.log(random.unit() + HALF));
    }
    return noise;
  }
}
