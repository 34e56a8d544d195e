package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential and what is made of it. It is composed of exact operations, since the library's
 * own gives other bits once it is compiled.
 *
 * <p>Arrays must have room for one vector beyond {@code n}.
 */
public final class ElementLoops {
  private static final float LOG2_E = 1.44269504f;

  /** Adding it rounds to an integer, which then stands in the lowest bits. */
  private static final float ROUNDER = 12582912f;

  private static final int EXPONENT_BIAS = 127;
  private static final int EXPONENT_SHIFT = 23;

  /** Beyond these e^x is no normal number. */
  private static final float LEAST = -87f;

  private static final float MOST = 88f;

  private ElementLoops() {}

  /**
   * e^x within two units in the last place: 2^n e^r with |r| at most ln(2) / 2, the second factor
   * by the polynomial of Cephes (Moshier, {@code expf.c}).
   */
  public static FloatVector exp(FloatVector x) {
    FloatVector inside = x.max(LEAST).min(MOST);
    FloatVector shifted = inside.mul(FloatVector.broadcast(SPECIES, LOG2_E)).add(ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector r =
        n.fma(
            FloatVector.broadcast(SPECIES, 2.12194440e-4f),
            n.fma(FloatVector.broadcast(SPECIES, -0.693359375f), inside));
    FloatVector p = FloatVector.broadcast(SPECIES, 1.9875691500e-4f);
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1.3981999507e-3f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 8.3334519073e-3f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 4.1665795894e-2f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1.6666665459e-1f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 5.0000001201e-1f));
    p = p.fma(r.mul(r), r).add(1f);
    IntVector power =
        shifted
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
            .add(EXPONENT_BIAS << EXPONENT_SHIFT);
    return p.mul(power.reinterpretAsFloats());
  }

  /** 1 / (1 + e^-x). */
  private static FloatVector sigmoid(FloatVector x) {
    return FloatVector.broadcast(SPECIES, 1f).div(exp(x.neg()).add(1f));
  }

  /** y[i] = f(x[i]). */
  static void apply(ElementFunction f, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      FloatVector result =
          switch (f) {
            case RELU -> v.max(0f);
            case SIGMOID -> sigmoid(v);
            case TANH -> sigmoid(v.mul(2f)).mul(2f).sub(1f);
          };
      result.intoArray(y, i);
    }
  }

  /** g[i] = f'(x[i]) g[i]. */
  static void applyBackward(ElementFunction f, float[] x, float[] g, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, i);
      FloatVector result =
          switch (f) {
            case RELU -> {
              VectorMask<Float> positive = v.compare(VectorOperators.GT, 0f);
              yield FloatVector.zero(SPECIES).blend(gradient, positive);
            }
            case SIGMOID -> slope(sigmoid(v)).mul(gradient);
              // tanh(x) = 2 sigmoid(2 x) - 1
            case TANH -> slope(sigmoid(v.mul(2f))).mul(4f).mul(gradient);
          };
      result.intoArray(g, i);
    }
  }

  private static FloatVector slope(FloatVector sigmoid) {
    return sigmoid.mul(FloatVector.broadcast(SPECIES, 1f).sub(sigmoid));
  }
}
