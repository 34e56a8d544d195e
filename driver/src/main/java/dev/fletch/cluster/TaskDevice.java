package dev.fletch.cluster;

import dev.fletch.cuda.CardLostException;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.DriverException;
import dev.fletch.cuda.JcudaDriver;
import dev.fletch.engine.Device;
import dev.fletch.engine.DeviceChoice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * What the networks of a task are computed on: a card that Spark gave the task, or in a local run
 * one of those there are; or the processors.
 */
final class TaskDevice {
  private static final String KEY = "spark.fletch.device";

  /** What Spark calls the process that is no executor. */
  private static final String DRIVER = "driver";

  /** The exit code of an executor, which Spark shows. */
  private static final int CARD_LOST = 77;

  /** Why a card of this process cannot be used, empty for one that can. */
  private static final Map<Integer, String> REFUSED = new ConcurrentHashMap<>();

  private TaskDevice() {}

  /** Tells all tasks what the run wants. */
  static void tell(SparkConf conf, DeviceChoice choice) {
    conf.set(KEY, choice.text());
  }

  /** A task's work. */
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Does a task's work with its thread bound to its device. An executor whose card is lost ends, so
   * that Spark starts another in its place and the task anew.
   *
   * @throws ClusterException if the run wants a card, or Spark gave the task one, and it cannot be
   *     used
   */
  static <T, E extends Exception> T use(Work<T, E> work) throws E {
    GpuPinning.pin();
    choose().device().bind();
    try {
      return work.run();
    } catch (CardLostException e) {
      SparkEnv spark = SparkEnv.get();
      if (spark != null && !spark.executorId().equals(DRIVER)) {
        System.err.println("fletch: " + e.getMessage() + "; this executor ends");
        Runtime.getRuntime().halt(CARD_LOST);
      }
      throw e;
    }
  }

  /**
   * Looks at what this process has, where it is the one that computes: in a local run.
   *
   * @return for a person: what networks will be computed on
   * @throws ClusterException if the run wants a card, and none can be used
   */
  static String preflight(DeviceChoice choice) {
    return choose(choice, List.of(), true, 0).text();
  }

  /** For a person: what executors will compute networks on. */
  static String describe(DeviceChoice choice) {
    return switch (choice) {
      case CPU -> "networks on processors";
      case CUDA -> "networks on cards";
      case AUTO -> "networks on cards where tasks have some";
    };
  }

  /**
   * A device.
   *
   * @param text for a person
   */
  private record Chosen(Device device, String text) {
    private static final Chosen PROCESSORS = new Chosen(Device.HOST, "networks on processors");
  }

  private static Chosen choose() {
    SparkEnv spark = SparkEnv.get();
    if (spark == null) {
      return Chosen.PROCESSORS;
    }
    TaskContext task = TaskContext.get();
    ResourceInformation given = task == null ? null : task.resourcesJMap().get(GpuPinning.RESOURCE);
    return choose(
        DeviceChoice.of(spark.conf().get(KEY, DeviceChoice.AUTO.text())),
        given == null ? List.of() : Arrays.asList(given.addresses()),
        Slots.of(spark.conf(), 1).local(),
        task == null ? 0 : task.partitionId());
  }

  /**
   * @param addresses of the cards that Spark gave the task
   * @param local whether this process is the whole cluster, so that Spark gives out no cards
   */
  private static Chosen choose(
      DeviceChoice choice, List<String> addresses, boolean local, int partition) {
    boolean mayHaveOne = !addresses.isEmpty() || local || choice == DeviceChoice.CUDA;
    if (choice == DeviceChoice.CPU || !mayHaveOne) {
      return Chosen.PROCESSORS;
    }
    boolean needsOne = !addresses.isEmpty() || choice == DeviceChoice.CUDA;
    try {
      int cards = JcudaDriver.cards();
      int card = GpuPinning.device(addresses, cards, System.getenv(GpuPinning.VISIBLE), partition);
      String refused = REFUSED.computeIfAbsent(card, TaskDevice::whyNot);
      if (refused.isEmpty()) {
        return new Chosen(Device.card(() -> JcudaDriver.open(card)), "networks on card " + card);
      }
      throw new DriverException(refused);
    } catch (DriverException e) {
      if (needsOne) {
        throw new ClusterException(
            e.getMessage() + "; with cluster.device = cpu networks are computed on processors", e);
      }
      return Chosen.PROCESSORS;
    }
  }

  private static String whyNot(int card) {
    try (Driver driver = JcudaDriver.open(card)) {
      driver.await();
      return "";
    } catch (DriverException e) {
      return e.getMessage();
    }
  }
}
