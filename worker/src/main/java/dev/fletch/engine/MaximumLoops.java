package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The innermost loops of maximum pools, written as {@link VectorLoops} are. */
final class MaximumLoops {
  private MaximumLoops() {}

  /**
   * best[i] = the largest x under any of the taps; which[i] = the first tap that has it.
   *
   * @param offsets of the taps; three are looked at together, so the last one may be looked at
   *     again, when it is no larger than the best
   * @param which null if nobody asks
   */
  static void largest(float[] x, int[] offsets, float[] best, float[] which, int n) {
    int last = offsets.length - 1;
    for (int t = 0; t <= last; t += 3) {
      int second = Math.min(t + 1, last);
      int third = Math.min(t + 2, last);
      int[] three = {offsets[t], offsets[second], offsets[third]};
      largestOfThree(x, three, t, best, which, n);
    }
  }

  /** Goes on with three taps, the first of them number {@code t}; starts with number 0. */
  private static void largestOfThree(
      float[] x, int[] offsets, int t, float[] best, float[] which, int n) {
    if (which == null) {
      largestOfThree(x, offsets, t, best, n);
      return;
    }
    int o0 = offsets[0];
    int o1 = offsets[1];
    int o2 = offsets[2];
    FloatVector tap0 = FloatVector.broadcast(SPECIES, t);
    FloatVector tap1 = FloatVector.broadcast(SPECIES, t + 1);
    FloatVector tap2 = FloatVector.broadcast(SPECIES, t + 2);
    for (int i = 0; i < n; i += LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, i + o0);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, i + o1);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, i + o2);
      FloatVector b = v0;
      FloatVector w = tap0;
      if (t > 0) {
        b = FloatVector.fromArray(SPECIES, best, i);
        VectorMask<Float> larger = v0.compare(VectorOperators.GT, b);
        b = b.blend(v0, larger);
        w = FloatVector.fromArray(SPECIES, which, i).blend(tap0, larger);
      }
      VectorMask<Float> second = v1.compare(VectorOperators.GT, b);
      b = b.blend(v1, second);
      w = w.blend(tap1, second);
      VectorMask<Float> third = v2.compare(VectorOperators.GT, b);
      b.blend(v2, third).intoArray(best, i);
      w.blend(tap2, third).intoArray(which, i);
    }
  }

  private static void largestOfThree(float[] x, int[] offsets, int t, float[] best, int n) {
    int o0 = offsets[0];
    int o1 = offsets[1];
    int o2 = offsets[2];
    for (int i = 0; i < n; i += LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, i + o0);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, i + o1);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, i + o2);
      FloatVector b = v0;
      if (t > 0) {
        b = FloatVector.fromArray(SPECIES, best, i);
        b = b.blend(v0, v0.compare(VectorOperators.GT, b));
      }
      b = b.blend(v1, v1.compare(VectorOperators.GT, b));
      b.blend(v2, v2.compare(VectorOperators.GT, b)).intoArray(best, i);
    }
  }

  /** dx[i + offsets[which[i]]] += g[i]. */
  static void scatterLargest(float[] g, float[] which, int[] offsets, float[] dx, int n) {
    for (int t = 0; t < offsets.length; t++) {
      int o = offsets[t];
      FloatVector tap = FloatVector.broadcast(SPECIES, t);
      for (int i = 0; i < n; i += LANES) {
        VectorMask<Float> hit =
            FloatVector.fromArray(SPECIES, which, i).compare(VectorOperators.EQ, tap);
        FloatVector v = FloatVector.zero(SPECIES).blend(FloatVector.fromArray(SPECIES, g, i), hit);
        FloatVector.fromArray(SPECIES, dx, i + o).add(v).intoArray(dx, i + o);
      }
    }
  }
}
