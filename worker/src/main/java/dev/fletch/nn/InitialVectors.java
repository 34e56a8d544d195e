package dev.fletch.nn;

import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The flat vectors of a network before its first step. */
final class InitialVectors {
  private InitialVectors() {}

  /** Drawn as the slots say, a function of them and the seed. */
  static float[] weights(List<WeightSlot> slots, int length, long seed) {
    float[] weights = new float[length];
    SplittableRandom random = new SplittableRandom(seed);
    for (WeightSlot slot : slots) {
      double bound = 1 / Math.sqrt(slot.fanIn());
      for (int i = 0; i < slot.length(); i++) {
        weights[slot.offset() + i] =
            switch (slot.initialization()) {
              case UNIFORM -> (float) ((2 * random.nextDouble() - 1) * bound);
              case ONES -> 1;
              case ZEROS -> 0;
            };
      }
    }
    return weights;
  }

  /** Means 0, variances 1. */
  static float[] statistics(List<StatisticsSlot> slots, int length) {
    float[] statistics = new float[length];
    for (StatisticsSlot slot : slots) {
      Arrays.fill(statistics, slot.variances(), slot.variances() + slot.channels(), 1);
    }
    return statistics;
  }
}
