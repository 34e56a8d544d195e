package dev.fletch.engine.recurrent;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import dev.fletch.engine.ElementLoops;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * What an edge of a recurrent cell gives: {@code sum over f of p[f] (s + sigmoid(c) (f(h) - s))},
 * where c and h are the halves of the product of the state s with the node's matrix, and f are the
 * functions tanh, relu, sigmoid and identity (Liu et al., 2019, appendix A.2; quark0/darts, {@code
 * rnn/model_search.py}).
 */
final class Gate {
  /** Numbers of functions: places of their weights. */
  static final int TANH = 0;

  static final int RELU = 1;
  static final int SIGMOID = 2;
  static final int IDENTITY = 3;

  /** How many functions there are. */
  static final int FUNCTIONS = 4;

  /** Beyond it tanh and the sigmoid are what they are there, and the square of e^x is finite. */
  private static final float STEEP = 40f;

  /** Values that are worked on at a time, so that what is in between stays in the first cache. */
  private static final int CHUNK = 512;

  private static final ThreadLocal<float[]> BETWEEN =
      ThreadLocal.withInitial(() -> new float[4 * CHUNK]);

  private Gate() {}

  /** The arrays of an edge in a panel, from some place on. */
  record Places(float[] c, int atC, float[] h, int atH, float[] s, int atS) {
    private Places from(int i) {
      return i == 0 ? this : new Places(c, atC + i, h, atH + i, s, atS + i);
    }
  }

  /** out[i] += what the edge gives, for n values, a multiple of a vector's. */
  static void add(Places at, float[] p, float[] out, int to, int n) {
    float[] between = BETWEEN.get();
    for (int i = 0; i < n; i += CHUNK) {
      Places here = at.from(i);
      int count = Math.min(CHUNK, n - i);
      open(here, between, count);
      if (p[TANH] != 0 || p[SIGMOID] != 0) {
        bend(here, between, count);
      } else {
        Arrays.fill(between, CHUNK, 3 * CHUNK, 0);
      }
      addMixed(here, p, between, out, to + i, count);
    }
  }

  /**
   * The gradient of an edge: c and h become dL/dc and dL/dh, and dL/ds is added to {@code ds},
   * given {@code gradient} = dL/d(what it gives).
   *
   * @param toP receives dL/dp[f], for each of the functions: added to it
   */
  static void backward(
      Places at, float[] p, float[] gradient, int from, float[] ds, int toS, double[] toP, int n) {
    float[] between = BETWEEN.get();
    for (int i = 0; i < n; i += CHUNK) {
      Places here = at.from(i);
      int count = Math.min(CHUNK, n - i);
      open(here, between, count);
      bend(here, between, count);
      addToWeights(here, between, gradient, from + i, toP, count);
      closeBackward(here, p, between, gradient, from + i, ds, toS + i, count);
      bendBackward(here, p, between, count);
    }
  }

  static float sum(float[] p) {
    return p[TANH] + p[RELU] + p[SIGMOID] + p[IDENTITY];
  }

  /** between[0..) = sigmoid(c). */
  private static void open(Places at, float[] between, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < n; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, at.c, at.atC + i);
      one.div(ElementLoops.exp(c.neg()).add(one)).intoArray(between, i);
    }
  }

  /** between[CHUNK..) = tanh(h), between[2 CHUNK..) = sigmoid(h), by one exponential. */
  private static void bend(Places at, float[] between, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    for (int i = 0; i < n; i += LANES) {
      FloatVector h = FloatVector.fromArray(SPECIES, at.h, at.atH + i);
      FloatVector e = ElementLoops.exp(h.neg().min(STEEP).max(-STEEP));
      two.div(e.fma(e, one)).sub(one).intoArray(between, CHUNK + i);
      one.div(e.add(one)).intoArray(between, 2 * CHUNK + i);
    }
  }

  private static void addMixed(Places at, float[] p, float[] between, float[] out, int to, int n) {
    FloatVector tanh = FloatVector.broadcast(SPECIES, p[TANH]);
    FloatVector relu = FloatVector.broadcast(SPECIES, p[RELU]);
    FloatVector sigmoid = FloatVector.broadcast(SPECIES, p[SIGMOID]);
    FloatVector identity = FloatVector.broadcast(SPECIES, p[IDENTITY]);
    FloatVector all = FloatVector.broadcast(SPECIES, sum(p));
    for (int i = 0; i < n; i += LANES) {
      FloatVector h = FloatVector.fromArray(SPECIES, at.h, at.atH + i);
      FloatVector sum = h.mul(identity);
      sum = positive(h).fma(relu, sum);
      sum = FloatVector.fromArray(SPECIES, between, CHUNK + i).fma(tanh, sum);
      sum = FloatVector.fromArray(SPECIES, between, 2 * CHUNK + i).fma(sigmoid, sum);
      FloatVector kept = FloatVector.fromArray(SPECIES, at.s, at.atS + i).mul(all);
      FloatVector g = FloatVector.fromArray(SPECIES, between, i);
      FloatVector given = g.fma(sum.sub(kept), kept);
      FloatVector.fromArray(SPECIES, out, to + i).add(given).intoArray(out, to + i);
    }
  }

  /** dL/dp[f] = sum of dL/dy (s + g (f(h) - s)). */
  private static void addToWeights(
      Places at, float[] between, float[] gradient, int from, double[] toP, int n) {
    FloatVector kept = FloatVector.zero(SPECIES);
    FloatVector tanh = kept;
    FloatVector relu = kept;
    FloatVector sigmoid = kept;
    FloatVector identity = kept;
    for (int i = 0; i < n; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, gradient, from + i);
      FloatVector dg = d.mul(FloatVector.fromArray(SPECIES, between, i));
      FloatVector h = FloatVector.fromArray(SPECIES, at.h, at.atH + i);
      kept = d.sub(dg).fma(FloatVector.fromArray(SPECIES, at.s, at.atS + i), kept);
      tanh = dg.fma(FloatVector.fromArray(SPECIES, between, CHUNK + i), tanh);
      relu = dg.fma(positive(h), relu);
      sigmoid = dg.fma(FloatVector.fromArray(SPECIES, between, 2 * CHUNK + i), sigmoid);
      identity = dg.fma(h, identity);
    }
    double common = total(kept);
    toP[TANH] += common + total(tanh);
    toP[RELU] += common + total(relu);
    toP[SIGMOID] += common + total(sigmoid);
    toP[IDENTITY] += common + total(identity);
  }

  /** c = dL/dc, ds += dL/ds, and between[3 CHUNK..) = g dL/dy. */
  private static void closeBackward(
      Places at,
      float[] p,
      float[] between,
      float[] gradient,
      int from,
      float[] ds,
      int toS,
      int n) {
    FloatVector all = FloatVector.broadcast(SPECIES, sum(p));
    for (int i = 0; i < n; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, gradient, from + i);
      FloatVector g = FloatVector.fromArray(SPECIES, between, i);
      FloatVector h = FloatVector.fromArray(SPECIES, at.h, at.atH + i);
      FloatVector dg = d.mul(g);
      FloatVector sum = positive(h).mul(p[RELU]).add(h.mul(p[IDENTITY]));
      sum = sum.add(FloatVector.fromArray(SPECIES, between, CHUNK + i).mul(p[TANH]));
      sum = sum.add(FloatVector.fromArray(SPECIES, between, 2 * CHUNK + i).mul(p[SIGMOID]));
      FloatVector kept = FloatVector.fromArray(SPECIES, at.s, at.atS + i).mul(all);
      // g' = g (1 - g)
      sum.sub(kept).mul(dg.sub(dg.mul(g))).intoArray(at.c, at.atC + i);
      dg.intoArray(between, 3 * CHUNK + i);
      FloatVector toState = d.sub(dg).mul(all);
      FloatVector.fromArray(SPECIES, ds, toS + i).add(toState).intoArray(ds, toS + i);
    }
  }

  /** h = dL/dh. */
  private static void bendBackward(Places at, float[] p, float[] between, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < n; i += LANES) {
      FloatVector h = FloatVector.fromArray(SPECIES, at.h, at.atH + i);
      FloatVector tan = FloatVector.fromArray(SPECIES, between, CHUNK + i);
      FloatVector sig = FloatVector.fromArray(SPECIES, between, 2 * CHUNK + i);
      FloatVector slope = step(h, one).mul(p[RELU]).add(p[IDENTITY]);
      slope = slope.add(one.sub(tan.mul(tan)).mul(p[TANH]));
      slope = slope.add(sig.sub(sig.mul(sig)).mul(p[SIGMOID]));
      slope.mul(FloatVector.fromArray(SPECIES, between, 3 * CHUNK + i)).intoArray(at.h, at.atH + i);
    }
  }

  private static double total(FloatVector lanes) {
    return lanes.reduceLanes(VectorOperators.ADD);
  }

  /** max(h, 0), which vectors compute faster so; NaN stays NaN. */
  private static FloatVector positive(FloatVector h) {
    return h.add(h.abs()).mul(0.5f);
  }

  /** 1 where h > 0, else 0. */
  private static FloatVector step(FloatVector h, FloatVector one) {
    return FloatVector.zero(SPECIES)
        .sub(h)
        .reinterpretAsInts()
        .lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
        .and(one.reinterpretAsInts())
        .reinterpretAsFloats();
  }
}
