package dev.fletch.cluster;

import dev.fletch.gradient.StepFollower.Progress;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import scala.collection.JavaConverters;

/** Takes from executors' heartbeats how far the steps of one epoch are. */
final class StepListener extends SparkListener {
  private final long accumulator;
  private final AtomicReference<Progress> news = new AtomicReference<>();

  /**
   * @param accumulator id of a {@link StepsSoFar}
   */
  StepListener(long accumulator) {
    this.accumulator = accumulator;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    JavaConverters.seqAsJavaList(update.accumUpdates())
        .forEach(ofTask -> JavaConverters.seqAsJavaList(ofTask._4()).forEach(this::take));
  }

  private void take(AccumulableInfo info) {
    if (info.id() == accumulator
        && info.update().isDefined()
        && info.update().get() instanceof Progress progress
        && progress.steps() > 0) {
      news.set(progress);
    }
  }

  /** What has not been asked for yet, or null. */
  Progress news() {
    return news.getAndSet(null);
  }
}
