package dev.fletch.cluster;

import dev.fletch.engine.DeviceChoice;
import dev.fletch.settings.Checks;

/**
 * What a run asks of the cluster.
 *
 * @param name the application's name in Spark's pages
 * @param tasks most tasks the run has in flight: replicas of a search, or trainings at a time
 * @param threads native threads each of them uses
 * @param device what networks are computed on
 */
public record ClusterSettings(String name, int tasks, int threads, DeviceChoice device) {
  public ClusterSettings {
    new Checks()
        .require("name", !name.isBlank(), "must not be empty")
        .atLeast("tasks", tasks, 1)
        .atLeast("threads", threads, 1)
        .orThrow();
  }

  /** On whatever there is. */
  public ClusterSettings(String name, int tasks, int threads) {
    this(name, tasks, threads, DeviceChoice.AUTO);
  }
}
