package dev.fletch.cluster;

import dev.fletch.settings.Plural;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/**
 * Says when an executor is lost. Spark runs the tasks that it had again on others, or on the one
 * that takes its place: a replica is built anew, a training goes on from its checkpoint, and a
 * genome is scored from the start, all to the same bits.
 */
final class LostExecutors extends SparkListener {
  private final SparkContext spark;
  private final Consumer<String> say;

  /**
   * @param say takes a line for each that is lost
   */
  LostExecutors(SparkContext spark, Consumer<String> say) {
    this.spark = spark;
    this.say = say;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    if (!spark.isStopped()) { // at the end all of them go
      say.accept(
          "warning: executor %s was lost (%s): what it worked on is tried again, until it has failed %s"
              .formatted(
                  removed.executorId(),
                  removed.reason().lines().findFirst().orElse("no reason is known").strip(),
                  Plural.of(TaskFailures.most(spark.conf()), "time")));
    }
  }
}
