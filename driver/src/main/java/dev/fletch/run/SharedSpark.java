package dev.fletch.run;

import dev.fletch.cli.progress.Progress;
import dev.fletch.cluster.ClusterSettings;
import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;

/**
 * Trials of a sweep on one Spark application. Replicas are named by a source of their own, and
 * every job group by its trial, so trials share nothing but executors.
 */
public final class SharedSpark implements TrialPhases {
  private final LazyCluster cluster;

  public SharedSpark(SweepConfig sweep, Progress progress) {
    int atATime = Math.min(sweep.parallel(), sweep.trials().size());
    int tasks = 1;
    int threads = 1;
    for (TrialConfig trial : sweep.trials()) {
      ClusterSettings one = LazyCluster.settings(trial.config(), atATime);
      tasks = Math.max(tasks, one.tasks());
      threads = Math.max(threads, one.threads());
    }
    this.cluster =
        new LazyCluster(
            new ClusterSettings(
                sweep.base().name(), tasks, threads, sweep.base().cluster().device()),
            progress::say);
  }

  @Override
  public Phases open(TrialConfig trial, Phases.Folder folder, String command, Progress progress) {
    SparkPhases.SparkJobs jobs = new SparkPhases.SparkJobs(cluster, trial.name() + ": ", () -> {});
    return SparkPhases.open(trial.config(), folder, command, progress, jobs);
  }

  @Override
  public boolean hasStopped() {
    return cluster.hasStopped();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
