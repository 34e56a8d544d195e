package dev.fletch.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops over elements and sums, on the JDK's vector API. */
public final class VectorLoops {
  public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  public static final int LANES = SPECIES.length();

  /** Sums are of four vectors: one would wait for itself. */
  private static final int FOUR = 4 * LANES;

  /** Values that are summed in single precision; sums of these are in double. */
  private static final int BLOCK = 64 * FOUR;

  /** Vectors of 512 bits come with 32 registers. */
  static final boolean MANY_REGISTERS = SPECIES.vectorBitSize() == 512;

  private VectorLoops() {}

  /** Sums the lanes of one tap. */
  static double sumLanes(float[] lanes, int tap) {
    double sum = 0;
    for (int i = 0; i < LANES; i++) {
      sum += lanes[tap * LANES + i];
    }
    return sum;
  }

  /** Sums a vector. */
  static float sumVector(float[] x, int from) {
    return FloatVector.fromArray(SPECIES, x, from).reduceLanes(VectorOperators.ADD);
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
    keepWherePositive(x, g, 0, n);
  }

  /** g[at + i] = x[i] > 0 ? g[at + i] : 0. */
  static void keepWherePositive(float[] x, float[] g, int at, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      wherePositive(FloatVector.fromArray(SPECIES, x, i), FloatVector.fromArray(SPECIES, g, at + i))
          .intoArray(g, at + i);
    }
    for (; i < n; i++) {
      g[at + i] = x[i] > 0 ? g[at + i] : 0;
    }
  }

  /** y[i] += x[i] > 0 ? g[i] : 0. */
  static void addWherePositive(float[] x, float[] g, float[] y, int n) {
    addWherePositive(x, g, 0, y, n);
  }

  /** y[i] += x[i] > 0 ? g[at + i] : 0. */
  static void addWherePositive(float[] x, float[] g, int at, float[] y, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector v =
          wherePositive(
              FloatVector.fromArray(SPECIES, x, i), FloatVector.fromArray(SPECIES, g, at + i));
      FloatVector.fromArray(SPECIES, y, i).add(v).intoArray(y, i);
    }
    for (; i < n; i++) {
      y[i] += x[i] > 0 ? g[at + i] : 0;
    }
  }

  /**
   * g where x > 0, else 0: the sign bit of 0 - x, spread over all bits, selects those of g. Faster
   * than a comparison, whose mask takes many instructions.
   */
  private static FloatVector wherePositive(FloatVector x, FloatVector g) {
    IntVector signs =
        FloatVector.zero(SPECIES)
            .sub(x)
            .reinterpretAsInts()
            .lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
    return signs.and(g.reinterpretAsInts()).reinterpretAsFloats();
  }

  /** x[i] = max(x[i], 0). */
  static void rectify(float[] x, int n) {
    rectify(x, 0, n);
  }

  /**
   * x[from + i] = max(x[from + i], 0), as (x + |x|) / 2: exact, NaN stays NaN, and several times
   * faster than {@code max} or a comparison, which on vectors take many instructions each.
   */
  static void rectify(float[] x, int from, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i);
      v.add(v.abs()).mul(0.5f).intoArray(x, from + i);
    }
    for (; i < n; i++) {
      x[from + i] = Math.max(x[from + i], 0f);
    }
  }

  /** y[i] += x[i]. */
  static void add(float[] x, float[] y, int n) {
    add(x, 0, y, 0, n);
  }

  /** y[to + i] += x[from + i]. */
  static void add(float[] x, int from, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] += x[from + i];
    }
  }

  static double sum(float[] x, int n) {
    return sum(x, 0, n);
  }

  /** Sum over i of x[from + i]. */
  static double sum(float[] x, int from, int count) {
    double total = 0;
    int i = from;
    int n = from + count;
    while (i + FOUR <= n) {
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      int end = Math.min(i + BLOCK, n - FOUR + 1);
      for (; i < end; i += FOUR) {
        a = a.add(FloatVector.fromArray(SPECIES, x, i));
        b = b.add(FloatVector.fromArray(SPECIES, x, i + LANES));
        c = c.add(FloatVector.fromArray(SPECIES, x, i + 2 * LANES));
        d = d.add(FloatVector.fromArray(SPECIES, x, i + 3 * LANES));
      }
      total += a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }
    for (; i < n; i++) {
      total += x[i];
    }
    return total;
  }

  static double dot(float[] x, float[] y, int n) {
    double total = 0;
    int i = 0;
    while (i + FOUR <= n) {
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      int end = Math.min(i + BLOCK, n - FOUR + 1);
      for (; i < end; i += FOUR) {
        a = product(x, y, i, a);
        b = product(x, y, i + LANES, b);
        c = product(x, y, i + 2 * LANES, c);
        d = product(x, y, i + 3 * LANES, d);
      }
      total += a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }
    for (; i < n; i++) {
      total += x[i] * y[i];
    }
    return total;
  }

  private static FloatVector product(float[] x, float[] y, int i, FloatVector plus) {
    return FloatVector.fromArray(SPECIES, x, i).fma(FloatVector.fromArray(SPECIES, y, i), plus);
  }
}
