package dev.fletch.retrain;

import dev.fletch.replica.ExchangeSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;

/**
 * How trainings share a cluster.
 *
 * @param parallel how many trainings run at a time
 * @param replicas of each training: each takes a batch of every step, and their gradients are
 *     averaged; with one the training is a single task
 * @param exchange how gradients of replicas are averaged
 * @param timeLimitMinutes after so many minutes a training is given up; 0: never
 * @param halving which candidates are stopped on the way
 */
public record FanOutSettings(
    int parallel,
    int replicas,
    @Key(inline = true) ExchangeSettings exchange,
    double timeLimitMinutes,
    HalvingSettings halving)
    implements Serializable {
  private static final double SECONDS_PER_MINUTE = 60;

  public FanOutSettings {
    new Checks()
        .atLeast("parallel", parallel, 1)
        .atLeast("replicas", replicas, 1)
        .atLeast("time-limit-minutes", timeLimitMinutes, 0)
        .orThrow();
  }

  /** With gradients averaged by the driver. */
  public FanOutSettings(
      int parallel, int replicas, double timeLimitMinutes, HalvingSettings halving) {
    this(parallel, replicas, ExchangeSettings.BY_DRIVER, timeLimitMinutes, halving);
  }

  /** Whether executors take the steps of an epoch among themselves; one replica has no others. */
  public boolean averagesAmongExecutors() {
    return replicas > 1 && exchange.where() == ExchangeSettings.Where.EXECUTORS;
  }

  /** Infinite if there is no limit. */
  double timeLimitSeconds() {
    return timeLimitMinutes == 0 ? Double.POSITIVE_INFINITY : SECONDS_PER_MINUTE * timeLimitMinutes;
  }
}
