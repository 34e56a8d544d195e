package dev.fletch.cluster;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Binds ND4J's operations of the task's thread to the GPU that Spark gave the task, where ND4J is
 * that for CUDA: the native library deals devices out to new threads in turn, and Spark reuses its
 * threads.
 */
final class GpuPinning {
  static final String RESOURCE = "gpu";
  static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private static boolean machineChecked;

  private GpuPinning() {}

  /**
   * Pins the running task; does nothing with a CPU backend or outside of a task.
   *
   * @throws ClusterException if this machine's GPUs cannot be used
   */
  static void pin() {
    TaskContext task = TaskContext.get();
    if (task == null || !NumericBackend.isCuda()) {
      return;
    }
    checkMachine();
    ResourceInformation given = task.resourcesJMap().get(RESOURCE);
    List<String> addresses = given == null ? List.of() : Arrays.asList(given.addresses());
    Nd4j.getAffinityManager()
        .unsafeSetDevice(
            device(
                addresses,
                Nd4j.getAffinityManager().getNumberOfDevices(),
                System.getenv(VISIBLE),
                task.partitionId()));
  }

  /**
   * The device number, as CUDA counts in this process.
   *
   * @param addresses what Spark's discovery script called the task's GPUs; empty in local mode,
   *     where Spark schedules none
   * @param devices how many devices CUDA shows this process
   * @param visible value of {@code CUDA_VISIBLE_DEVICES}, or null
   */
  static int device(List<String> addresses, int devices, String visible, int partition) {
    if (devices < 1) {
      throw new ClusterException("Cannot pin a task to a GPU: CUDA shows none to this process");
    }
    if (devices == 1) {
      return 0;
    }
    if (addresses.isEmpty()) {
      return partition % devices;
    }
    String address = addresses.get(0).strip();
    return visible == null || visible.isBlank()
        ? number(address, devices)
        : position(address, visible);
  }

  private static int position(String address, String visible) {
    int position =
        Arrays.stream(visible.split(",", -1)).map(String::strip).toList().indexOf(address);
    if (position < 0) {
      throw new ClusterException(
          "Cannot pin a task to GPU %s: %s is \"%s\"; the discovery script and it must agree"
              .formatted(address, VISIBLE, visible));
    }
    return position;
  }

  private static int number(String address, int devices) {
    try {
      int device = Integer.parseInt(address);
      if (device >= 0 && device < devices) {
        return device;
      }
    } catch (NumberFormatException e) {
      throw notAmong(address, devices, e);
    }
    throw notAmong(address, devices, null);
  }

  private static ClusterException notAmong(String address, int devices, Throwable cause) {
    return new ClusterException(
        "Cannot pin a task to GPU \"%s\": this process sees devices 0 to %d; correct the discovery script"
            .formatted(address, devices - 1),
        cause);
  }

  /**
   * Once per process; a failure is thrown again for every task, since none of them can run here.
   */
  private static synchronized void checkMachine() {
    if (!machineChecked) {
      new GpuPreflight().check();
      machineChecked = true;
    }
  }
}
