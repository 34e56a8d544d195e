package dev.fletch.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks the NVIDIA driver which GPUs a machine has, and refuses those nd4j-cuda-11.6 holds no code
 * for. Without it the first operation fails deep inside CUDA with "no kernel image is available".
 *
 * <p>The library has machine code for 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6 and no PTX;
 * code for x.y runs on x.z when z >= y, so 8.9 works and 9.0 does not.
 */
final class GpuPreflight {
  private static final List<String> QUERY =
      List.of(
          "nvidia-smi",
          "--query-gpu=compute_cap,driver_version,memory.total",
          "--format=csv,noheader");
  private static final int FIRST_MAJOR = 3;
  private static final int FIRST_MINOR = 7;
  private static final int LAST_MAJOR = 8;
  private static final long PATIENCE_SECONDS = 30;

  private final List<String> query;

  GpuPreflight() {
    this(QUERY);
  }

  /** For a driver elsewhere: {@code query} prints one line per GPU, as {@code nvidia-smi} does. */
  GpuPreflight(List<String> query) {
    this.query = List.copyOf(query);
  }

  /**
   * One GPU as the driver describes it.
   *
   * @param memory with its unit, as printed
   */
  record Gpu(int major, int minor, String driver, String memory) {
    static Gpu parse(String line) {
      String[] fields = line.split(",", -1);
      String[] capability = fields[0].strip().split("\\.", -1);
      if (fields.length != 3 || capability.length != 2) {
        throw unreadable(line, null);
      }
      try {
        return new Gpu(
            Integer.parseInt(capability[0]),
            Integer.parseInt(capability[1]),
            fields[1].strip(),
            fields[2].strip());
      } catch (NumberFormatException e) {
        throw unreadable(line, e);
      }
    }

    boolean hasCode() {
      return major == FIRST_MAJOR
          ? minor >= FIRST_MINOR
          : major > FIRST_MAJOR && major <= LAST_MAJOR;
    }

    private static ClusterException unreadable(String line, Throwable cause) {
      return new ClusterException(
          "Cannot read the answer of nvidia-smi: expected \"8.0, 535.54, 40960 MiB\", got \""
              + line
              + "\"",
          cause);
    }
  }

  /**
   * The machine's GPUs, in the driver's order.
   *
   * @throws ClusterException if there is none, or one that cannot be used
   */
  List<Gpu> check() {
    List<Gpu> gpus = new ArrayList<>();
    for (String line : run().lines().filter(l -> !l.isBlank()).toList()) {
      Gpu gpu = Gpu.parse(line);
      if (!gpu.hasCode()) {
        throw new ClusterException(
            "Cannot use GPU %d: its compute capability is %d.%d, and nd4j-cuda-11.6 runs on 3.7 to 8.9 only"
                    .formatted(gpus.size(), gpu.major(), gpu.minor())
                + " (not on Hopper or newer); use another GPU, or the build without -Pcuda");
      }
      gpus.add(gpu);
    }
    if (gpus.isEmpty()) {
      throw new ClusterException(
          "Cannot find a GPU: nvidia-smi lists none; use a machine with one, or the build without -Pcuda");
    }
    return List.copyOf(gpus);
  }

  private String run() {
    Process process;
    try {
      process = new ProcessBuilder(query).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new ClusterException(
          "Cannot run "
              + query.get(0)
              + ": the CUDA build needs an NVIDIA driver on every machine with executors;"
              + " install it, or use the build without -Pcuda",
          e);
    }
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new ClusterException(
            query.get(0) + " failed, so the NVIDIA driver is not usable: " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new ClusterException("Cannot read the answer of " + query.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("Interrupted while waiting for " + query.get(0), e);
    } finally {
      process.destroy();
    }
  }
}
