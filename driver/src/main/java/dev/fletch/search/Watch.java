package dev.fletch.search;

import dev.fletch.architecture.Architecture;
import dev.fletch.gradient.Metric;
import java.io.Serializable;
import java.util.List;

/**
 * What is measured of the supernet after an epoch, besides its validation figure: how far it is
 * from the network that its genotype stands for. Figures are those of the epoch's metric; a number
 * that was not measured is NaN.
 *
 * @param discretisedFigure over the alpha portion of the supernet with the genotype's operations
 *     alone, weighted 1, and its own w: nothing is trained anew, but batch norm uses statistics
 *     measured for it as for the supernet itself, so that the two differ by what is left out alone
 * @param alphaEigenvalue largest eigenvalue of the Hessian of the validation loss in alpha, or in
 *     alpha / T where T divides alpha; NaN where alpha takes no steps
 * @param temperatureGaps the gap of the same supernet at other temperatures
 * @param lambdas what a hypernetwork gives for each lambda; empty for other methods
 * @param ranking a digest of the order of the operations with weights on every edge, equal for
 *     equal orders; empty where alpha took no step: in a warm-up, and where there is no alpha
 */
public record Watch(
    double discretisedFigure,
    double alphaEigenvalue,
    List<TemperatureGap> temperatureGaps,
    List<LambdaResult> lambdas,
    String ranking)
    implements Serializable {
  /** Nothing was measured. */
  public static final Watch NOTHING = new Watch(Double.NaN, Double.NaN, List.of(), List.of());

  /** By how much the discretised network is worse than the supernet; NaN if not measured. */
  public double gap(Metric metric, double validationFigure) {
    return metric.loss(validationFigure, discretisedFigure);
  }

  /** Without a ranking. */
  public Watch(
      double discretisedFigure,
      double alphaEigenvalue,
      List<TemperatureGap> temperatureGaps,
      List<LambdaResult> lambdas) {
    this(discretisedFigure, alphaEigenvalue, temperatureGaps, lambdas, "");
  }

  /** Whether alpha was trained in the epoch, so that its genotype says something of a search. */
  public boolean isAlphaTrained() {
    return !ranking.isEmpty();
  }

  public Watch {
    temperatureGaps = List.copyOf(temperatureGaps);
    lambdas = List.copyOf(lambdas);
  }

  /**
   * The supernet at another temperature than its own, same w and alpha.
   *
   * @param figure of the supernet
   * @param discretisedFigure of the genotype that its mixing weights at this temperature give
   */
  public record TemperatureGap(double temperature, double figure, double discretisedFigure)
      implements Serializable {
    /** By how much the discretised network is worse than the supernet. */
    public double gap(Metric metric) {
      return metric.loss(figure, discretisedFigure);
    }
  }

  /**
   * One point of a hypernetwork.
   *
   * @param validationFigure of the supernet with the mixing weights of {@code lambda}
   * @param complexity expected share of the weights that the largest operations would have, in [0,
   *     1]
   */
  public record LambdaResult(
      double lambda, double validationFigure, double complexity, Architecture genotype)
      implements Serializable {}
}
