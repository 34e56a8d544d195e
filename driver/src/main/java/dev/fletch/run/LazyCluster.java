package dev.fletch.run;

import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import dev.fletch.retrain.FanOutSettings;
import java.util.function.Consumer;

/** A Spark application that starts when it is first needed. Safe to call from several threads. */
final class LazyCluster implements AutoCloseable {
  private final ClusterSettings settings;
  private final Consumer<String> say;
  private SparkCluster cluster;

  LazyCluster(ClusterSettings settings, Consumer<String> say) {
    this.settings = settings;
    this.say = say;
  }

  /**
   * What {@code config} asks of a cluster.
   *
   * @param times so many such runs at a time
   */
  static ClusterSettings settings(RunConfig config, int times) {
    FanOutSettings fanOut = config.retrain().fanOut();
    int tasks = Math.max(config.searching().tasks(), fanOut.parallel() * fanOut.replicas());
    int threads = Math.max(config.searching().threads(), config.retrain().threads());
    return new ClusterSettings(config.name(), times * tasks, threads, config.cluster().device());
  }

  synchronized SparkCluster get() {
    if (cluster == null) {
      cluster = SparkCluster.open(settings, say);
    }
    return cluster;
  }

  /** Whether it was started and has ended since. */
  synchronized boolean hasStopped() {
    return cluster != null && cluster.isStopped();
  }

  @Override
  public synchronized void close() {
    if (cluster != null) {
      cluster.close();
    }
  }
}
