package dev.fletch.search;

import dev.fletch.settings.Checks;
import java.io.Serializable;
import java.util.List;

/**
 * What is measured after an epoch besides the supernet's score.
 *
 * @param gap whether the discretised network is evaluated: one more pass over the alpha portion
 * @param temperatures at which the gap is measured too; each two more passes
 * @param eigenvalueEvery epochs between measurements of the largest eigenvalue of alpha's Hessian;
 *     0 for none
 * @param eigenvalueIterations of the Lanczos iteration, two gradients of alpha each
 */
public record WatchSettings(
    boolean gap, List<Double> temperatures, int eigenvalueEvery, int eigenvalueIterations)
    implements Serializable {
  public WatchSettings {
    temperatures = List.copyOf(temperatures);
    new Checks()
        .require(
            "temperatures",
            temperatures.stream().allMatch(t -> t > 0 && Double.isFinite(t)),
            "must be > 0, got " + temperatures)
        .atLeast("eigenvalue-every", eigenvalueEvery, 0)
        .atLeast("eigenvalue-iterations", eigenvalueIterations, 1)
        .orThrow();
  }

  boolean measuresEigenvalue(int epoch) {
    return eigenvalueEvery > 0 && epoch % eigenvalueEvery == 0;
  }
}
