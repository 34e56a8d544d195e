package dev.fletch.cluster;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Collects group and description of every job that starts. */
public final class JobNames extends SparkListener {
  private final List<String> names = new CopyOnWriteArrayList<>();

  public static JobNames listen(SparkCluster cluster) {
    JobNames names = new JobNames();
    cluster.spark().sc().addSparkListener(names);
    return names;
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    Properties properties = start.properties();
    names.add(
        properties.getProperty("spark.jobGroup.id")
            + ": "
            + properties.getProperty("spark.job.description"));
  }

  /** All that are known to have started. */
  public List<String> soFar() {
    return List.copyOf(names);
  }

  /** All that started before this call. */
  public List<String> after(SparkCluster cluster) {
    try {
      cluster.spark().sc().listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
    cluster.spark().sc().removeSparkListener(this);
    return names;
  }
}
