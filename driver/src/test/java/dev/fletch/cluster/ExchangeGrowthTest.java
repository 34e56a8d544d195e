package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.nn.Wanted;
import dev.fletch.replica.Dealing;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A search exchanges hundreds of thousands of times: what one leaves behind must be nothing. */
class ExchangeGrowthTest {
  private static final int STEPS = 500;
  private static final int SETTLED = 50;
  private static final int FLOATS = 300_000;
  private static final long KIB = 1L << 10;

  /** In a JVM of its own, whose heap is all touched at the start: the rest is native memory. */
  @Test
  void memoryThreadsAndSocketsAreFlat() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:ReservedCodeCacheSize=48m", "--add-modules=jdk.incubator.vector"));
    command.add("-Dio.netty.native.detectNativeLibraryDuplicates=false");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ExchangeGrowthTest.class.getName());
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    List<List<Long>> samples =
        output
            .lines()
            .map(line -> Arrays.stream(line.split(" ")).map(Long::valueOf).toList())
            .toList();
    assertThat(samples).hasSize(STEPS);
    // what the JIT compiles meanwhile is a few MiB; a vector lost in every step would be 500
    assertThat(growth(samples, 0)).as("resident KiB").isLessThan(32 * KIB);
    assertThat(growth(samples, 1)).as("threads").isLessThanOrEqualTo(2); // the JVM's compilers
    assertThat(growth(samples, 2)).as("open files and sockets").isZero();
  }

  private static long growth(List<List<Long>> samples, int what) {
    List<Long> values = samples.stream().map(sample -> sample.get(what)).toList();
    return Collections.max(values.subList(STEPS - SETTLED, STEPS))
        - Collections.min(values.subList(SETTLED, 2 * SETTLED));
  }

  /** Prints KiB, threads and open files of this process after every step of three tasks. */
  public static void main(String[] arguments) throws IOException {
    try (PeersInThreads peers =
        new PeersInThreads(new IdleReplicas(FLOATS), Dealing.even(3, 3), 1)) {
      List<Floats> weights = List.of(Floats.of(new float[FLOATS]));
      for (int step = 0; step < STEPS; step++) {
        StepId at = new StepId(0, step);
        peers.average(new GradientRequest(Portion.TRAIN, at, Wanted.WEIGHTS), weights);
        System.out.printf("%d %d %d%n", status("VmRSS"), status("Threads"), openFiles());
      }
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static long status(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status does not say " + name);
  }
}
