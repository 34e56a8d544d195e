package dev.fletch.cluster;

import java.io.Serializable;

/**
 * Where the time of one exchange went, in seconds.
 *
 * @param broadcast handing the state to Spark
 * @param job the whole Spark job, seen from the driver
 * @param fetch of the job: until the state was on the slowest executor
 * @param gradients of the job: the slowest replica's gradients
 * @param reduce adding up on the driver, and taking the state back
 */
record ExchangeTimes(double broadcast, double job, double fetch, double gradients, double reduce)
    implements Serializable {
  static final ExchangeTimes NONE = new ExchangeTimes(0, 0, 0, 0, 0);

  double total() {
    return broadcast + job + reduce;
  }

  /** What is left of the job: planning it, sending tasks out and results back. */
  double schedulingAndResults() {
    return Math.max(0, job - fetch - gradients);
  }
}
