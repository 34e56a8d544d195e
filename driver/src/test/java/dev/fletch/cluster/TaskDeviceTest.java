package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.cuda.CardLostException;
import dev.fletch.engine.Device;
import dev.fletch.engine.DeviceChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine without a card, as all are that run these tests. */
class TaskDeviceTest {
  @AfterEach
  void onTheHost() {
    Device.HOST.bind();
  }

  @Test
  void aLocalRunTakesProcessorsWhereThereIsNoCard() {
    assertThat(TaskDevice.preflight(DeviceChoice.AUTO)).isEqualTo("networks on processors");
    assertThat(TaskDevice.preflight(DeviceChoice.CPU)).isEqualTo("networks on processors");
  }

  @Test
  void aRunThatWantsACardSaysWhyThereIsNone() {
    assertThatThrownBy(
            () ->
                SparkCluster.open(
                    new SparkConf(false).setMaster("local[1]"),
                    new ClusterSettings("test", 1, 1, DeviceChoice.CUDA),
                    line -> {}))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("No graphics card can be used here: ")
        .hasMessageEndingWith("with cluster.device = cpu networks are computed on processors");
  }

  /** Real processes: the first one's card is lost while it computes. */
  @Test
  void anExecutorWhoseCardIsLostEndsAndItsTaskIsDoneByAnother(@TempDir Path folder) {
    SparkConf conf =
        new SparkConf(false)
            .setMaster("local-cluster[1,1,1024]")
            .setAppName("lost card")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector");
    List<String> removed = new ArrayList<>();
    String mark = folder.resolve("lost").toString();
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      spark
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
                  removed.add(event.reason());
                }
              });
      List<Integer> attempts =
          spark.parallelize(List.of(1), 1).map(unused -> TaskDeviceTest.compute(mark)).collect();
      assertThat(attempts).containsExactly(1);
    }
    assertThat(removed).anySatisfy(reason -> assertThat(reason).contains("77"));
  }

  /** The number of the attempt that comes to an end. */
  private static int compute(String mark) throws Exception {
    return TaskDevice.use(
        () -> {
          Path lost = Path.of(mark);
          if (!Files.exists(lost)) {
            Files.createFile(lost);
            throw new CardLostException("The NVIDIA driver answered CUDA_ERROR_ILLEGAL_ADDRESS");
          }
          return TaskContext.get().attemptNumber();
        });
  }

  @Test
  void inALocalRunALostCardEndsTheWork() {
    AtomicInteger tries = new AtomicInteger();
    assertThatThrownBy(
            () ->
                TaskDevice.use(
                    () -> {
                      tries.incrementAndGet();
                      throw new CardLostException("lost");
                    }))
        .isInstanceOf(CardLostException.class)
        .hasMessage("lost");
    assertThat(tries).hasValue(1);
  }
}
