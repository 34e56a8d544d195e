package dev.fletch.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops over elements and sums, on the JDK's vector API. */
final class VectorLoops {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private VectorLoops() {}

  /** Sums the lanes of one tap. */
  static double sumLanes(float[] lanes, int tap) {
    double sum = 0;
    for (int i = 0; i < LANES; i++) {
      sum += lanes[tap * LANES + i];
    }
    return sum;
  }

  /** y[to + i] = x[from + i]. */
  static void copy(float[] x, int from, float[] y, int to, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector.fromArray(SPECIES, x, from + i).intoArray(y, to + i);
    }
    for (; i < n; i++) {
      y[to + i] = x[from + i];
    }
  }

  /** y[to + i] = max(x[from + i], least). */
  static void copy(float[] x, int from, float least, float[] y, int to, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector.fromArray(SPECIES, x, from + i).max(least).intoArray(y, to + i);
    }
    for (; i < n; i++) {
      y[to + i] = Math.max(x[from + i], least);
    }
  }

  /** g[i] = x[i] > 0 ? g[i] : 0. */
  static void keepWherePositive(float[] x, float[] g, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      VectorMask<Float> positive =
          FloatVector.fromArray(SPECIES, x, i).compare(VectorOperators.GT, 0f);
      FloatVector v = FloatVector.fromArray(SPECIES, g, i);
      FloatVector.zero(SPECIES).blend(v, positive).intoArray(g, i);
    }
    for (; i < n; i++) {
      g[i] = x[i] > 0 ? g[i] : 0;
    }
  }

  /** y[i] += x[i] > 0 ? g[i] : 0. */
  static void addWherePositive(float[] x, float[] g, float[] y, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      VectorMask<Float> positive =
          FloatVector.fromArray(SPECIES, x, i).compare(VectorOperators.GT, 0f);
      FloatVector v =
          FloatVector.zero(SPECIES).blend(FloatVector.fromArray(SPECIES, g, i), positive);
      FloatVector.fromArray(SPECIES, y, i).add(v).intoArray(y, i);
    }
    for (; i < n; i++) {
      y[i] += x[i] > 0 ? g[i] : 0;
    }
  }

  /** x[i] = max(x[i], 0). */
  static void rectify(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(x[i], 0f);
    }
  }

  /** y[i] += x[i]. */
  static void add(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += x[i];
    }
  }

  static double sum(float[] x, int n) {
    double total = 0;
    int block = 64 * LANES;
    int i = 0;
    while (i + LANES <= n) {
      FloatVector a = FloatVector.zero(SPECIES);
      int end = Math.min(i + block, n - LANES + 1);
      for (; i < end; i += LANES) {
        a = a.add(FloatVector.fromArray(SPECIES, x, i));
      }
      total += a.reduceLanes(VectorOperators.ADD);
    }
    for (; i < n; i++) {
      total += x[i];
    }
    return total;
  }

  static double dot(float[] x, float[] y, int n) {
    double total = 0;
    int block = 64 * LANES;
    int i = 0;
    while (i + LANES <= n) {
      FloatVector a = FloatVector.zero(SPECIES);
      int end = Math.min(i + block, n - LANES + 1);
      for (; i < end; i += LANES) {
        a = FloatVector.fromArray(SPECIES, x, i).fma(FloatVector.fromArray(SPECIES, y, i), a);
      }
      total += a.reduceLanes(VectorOperators.ADD);
    }
    for (; i < n; i++) {
      total += x[i] * y[i];
    }
    return total;
  }
}
