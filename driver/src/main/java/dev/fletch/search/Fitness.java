package dev.fletch.search;

import dev.fletch.architecture.Genome;
import dev.fletch.evolution.Population;
import dev.fletch.gradient.Metric;
import java.io.Serializable;

/**
 * What the training of one network came to. Figures are those of the task's metric.
 *
 * @param id of the genome that was trained, the first that describes its network
 * @param trainFigure over the last epoch's examples, each measured before its step
 * @param validationFigure over the alpha portion, after the last step
 * @param parameters number of weights
 * @param images that the training saw
 * @param seconds wall time
 * @param failure why there is no score, in one line; empty if there is one
 */
public record Fitness(
    int id,
    Genome genome,
    double trainFigure,
    double trainLoss,
    double validationFigure,
    double validationLoss,
    long parameters,
    long images,
    double seconds,
    String failure)
    implements Serializable {
  public Fitness {
    failure = failure.lines().findFirst().orElse("").strip();
  }

  /** Of a network that could not be trained. */
  public static Fitness failed(FitnessJob job, String reason) {
    return new Fitness(
        job.id(),
        job.genome(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        0,
        reason.isBlank() ? "no reason given" : reason);
  }

  public boolean isFailed() {
    return !failure.isEmpty();
  }

  /** What selection goes by: more is better, whatever the metric. */
  double value(Metric metric) {
    if (isFailed()) {
      return Population.FAILED;
    }
    return metric.isBetter(1, 0) ? validationFigure : -validationFigure;
  }
}
