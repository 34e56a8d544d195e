package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;
import dev.fletch.nn.Wanted;
import dev.fletch.settings.Checks;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The largest eigenvalue of the Hessian of the validation loss with respect to alpha, w held
 * constant, on one minibatch: a large or growing one announces a collapse (Zela et al., 2020,
 * arXiv:1909.09656, section 4). By power iteration, where the Hessian times a vector is a central
 * difference of gradients: {@code H v = (g(alpha + h v) - g(alpha - h v)) / 2h}. Weight decay does
 * not count.
 *
 * <p>Power iteration finds the eigenvalue of largest magnitude. Where that is negative, the
 * iteration is done again for the Hessian minus it, whose largest eigenvalue belongs to the same
 * vector as the Hessian's.
 *
 * @param iterations of one power iteration, two exchanges each
 * @param displacement h
 */
public record HessianEigenvalue(int iterations, double displacement) {
  public HessianEigenvalue {
    new Checks()
        .atLeast("iterations", iterations, 1)
        .positive("displacement", displacement)
        .orThrow();
  }

  /** Changes nothing in {@code state}. */
  public double largest(
      GradientSource source, SearchState state, MixingFunction relaxation, StepId at) {
    Hessian hessian = new Hessian(source, state, relaxation, at);
    double extreme = extreme(hessian, 0);
    return extreme >= 0 ? extreme : extreme(hessian, -extreme) + extreme;
  }

  /** The eigenvalue of largest magnitude of the Hessian plus {@code shift} times the identity. */
  private double extreme(Hessian hessian, double shift) {
    double[] v = start(hessian.state.alpha().length);
    double eigenvalue = 0;
    for (int i = 0; i < iterations; i++) {
      double[] product = hessian.times(v);
      double norm = 0;
      eigenvalue = 0;
      for (int k = 0; k < v.length; k++) {
        product[k] += shift * v[k];
        eigenvalue += v[k] * product[k];
        norm += product[k] * product[k];
      }
      norm = Math.sqrt(norm);
      if (norm == 0) {
        return 0;
      }
      for (int k = 0; k < v.length; k++) {
        v[k] = product[k] / norm;
      }
    }
    return eigenvalue;
  }

  /** A fixed direction of length 1 that no structure of alpha is orthogonal to. */
  private static double[] start(int length) {
    SplittableRandom random = new SplittableRandom(length);
    double[] v = random.doubles(length, -1, 1).toArray();
    double sum = 0;
    for (double value : v) {
      sum += value * value;
    }
    for (int i = 0; i < length; i++) {
      v[i] /= Math.sqrt(sum);
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
      List<float[]> weights = List.of(state.training().weights());
      Gradients here = source.gradients(request, weights, relaxation.mixing(alpha)).get(0);
      return relaxation.alphaGradient(alpha, here.mixing());
    }
  }
}
