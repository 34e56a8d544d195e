package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.nn.Wanted;
import dev.fletch.task.Classification;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A search takes hundreds of thousands of steps: what one leaves behind must be nothing. */
class ResidentMemoryTest {
  private static final int STEPS = 500;
  private static final int SETTLED = 20;
  private static final long MIB = 1L << 20;

  /** In a JVM of its own, whose heap is all touched at the start: the rest is native memory. */
  @Test
  @Tag("slow")
  void isFlatAfterTheFirstSteps() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"));
    command.addAll(List.of("-XX:ReservedCodeCacheSize=48m", "--add-modules=jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ResidentMemoryTest.class.getName());
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    List<Long> samples = output.lines().map(Long::valueOf).toList();
    assertThat(samples).hasSize(STEPS);
    List<Long> early = samples.subList(SETTLED, 3 * SETTLED);
    List<Long> late = samples.subList(STEPS - SETTLED, STEPS);
    // what the JIT compiles meanwhile is a few MiB; one leaked gradient a step would be 100
    assertThat(Collections.max(late) - Collections.min(early)).isLessThan(32 * MIB);
  }

  /** Prints the resident bytes of this process after every step. */
  public static void main(String[] arguments) throws IOException {
    ImageShape shape = new ImageShape(3, 8, 8);
    int size = 4;
    SupernetSettings settings = new SupernetSettings(4, 3, 4, 3, Operation.DARTS);
    float[] images = new float[size * shape.values()];
    for (int i = 0; i < images.length; i++) {
      images[i] = i % 7 - 3;
    }
    int[] labels = {0, 1, 2, 3};
    ImageBatch batch = new ImageBatch(shape, images, labels, labels);
    try (Supernet supernet = new Supernet(settings, shape, new Classification(4), size, 1)) {
      float[] weights = supernet.initialWeights(0);
      float[] mixing = new float[supernet.mixingCount()];
      Arrays.fill(mixing, 0.125f);
      for (int step = 0; step < STEPS; step++) {
        supernet.gradients(batch, 0, new StepId(0, step), weights, mixing, Wanted.BOTH);
        System.out.println(residentBytes());
      }
    }
  }

  private static long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status does not say VmRSS");
  }
}
