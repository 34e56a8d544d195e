package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.nn.MixingFunction;
import dev.fletch.nn.Wanted;
import dev.fletch.settings.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The largest eigenvalue of the Hessian of the validation loss with respect to alpha, w held
 * constant, on one minibatch: a large or growing one announces a collapse (Zela et al., 2020,
 * arXiv:1909.09656, section 4). Weight decay does not count.
 *
 * <p>By the Lanczos iteration, where the Hessian times a vector is a central difference of
 * gradients: {@code H v = (g(alpha + h v) - g(alpha - h v)) / 2h}. Unlike power iteration it finds
 * the largest eigenvalue as soon where the smallest one is larger in magnitude.
 *
 * @param iterations two exchanges each; never more than alpha has values
 * @param displacement h
 */
public record HessianEigenvalue(int iterations, double displacement) {
  public HessianEigenvalue {
    new Checks()
        .atLeast("iterations", iterations, 1)
        .positive("displacement", displacement)
        .orThrow();
  }

  /**
   * Changes nothing in {@code state}. A recurrent network remembers nothing before the minibatch,
   * as in an evaluation.
   */
  public double largest(
      GradientSource source, SearchState state, MixingFunction relaxation, StepId at) {
    Hessian hessian = new Hessian(source, state, relaxation, at);
    int length = state.alpha().length;
    List<double[]> basis = new ArrayList<>(List.of(start(length)));
    Tridiagonal projected = new Tridiagonal();
    while (true) {
      double[] v = basis.get(basis.size() - 1);
      double[] product = hessian.times(v);
      double diagonal = dot(v, product);
      // against the whole basis: what rounding leaves of it would come back as copies
      for (double[] other : basis) {
        add(product, -dot(other, product), other);
      }
      double norm = Math.sqrt(dot(product, product));
      projected.add(diagonal);
      if (basis.size() == Math.min(iterations, length) || !(norm > 0)) {
        return projected.largestEigenvalue();
      }
      projected.couple(norm);
      double[] next = new double[length];
      add(next, 1 / norm, product);
      basis.add(next);
    }
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] vector) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * vector[i];
    }
  }

  /** A fixed direction of length 1 that no structure of alpha is orthogonal to. */
  private static double[] start(int length) {
    SplittableRandom random = new SplittableRandom(length);
    double[] v = random.doubles(length, -1, 1).toArray();
    double norm = Math.sqrt(dot(v, v));
    for (int i = 0; i < length; i++) {
      v[i] /= norm;
    }
    return v;
  }

  private final class Hessian {
    private final GradientSource source;
    private final SearchState state;
    private final MixingFunction relaxation;
    private final StepId at;

    Hessian(GradientSource source, SearchState state, MixingFunction relaxation, StepId at) {
      this.source = source;
      this.state = state;
      this.relaxation = relaxation;
      this.at = at;
    }

    double[] times(double[] v) {
      float[] plus = gradient(v, displacement);
      float[] minus = gradient(v, -displacement);
      double[] product = new double[v.length];
      for (int i = 0; i < v.length; i++) {
        product[i] = ((double) plus[i] - minus[i]) / (2 * displacement);
      }
      return product;
    }

    private float[] gradient(double[] direction, double by) {
      float[] alpha = state.alpha().clone();
      for (int i = 0; i < alpha.length; i++) {
        alpha[i] = (float) (alpha[i] + by * direction[i]);
      }
      GradientRequest request = new GradientRequest(Portion.ALPHA, at, Wanted.MIXING);
      List<Floats> weights = List.of(state.training().weights());
      try (Gradients here = source.gradients(request, weights, relaxation.mixing(alpha)).get(0)) {
        return relaxation.alphaGradient(alpha, here.mixing());
      }
    }
  }
}
