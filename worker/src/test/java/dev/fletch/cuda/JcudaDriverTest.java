package dev.fletch.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JcudaDriverTest {
  @Test
  void withoutADriverItSaysSoInASentence() {
    assumeThat(hasDriver()).as("a driver is installed here").isFalse();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> JcudaDriver.open(0))
          .isInstanceOf(DriverException.class)
          .hasMessage(
              "No graphics card can be used here: NVIDIA's driver is not installed"
                  + " (there is no libcuda.so.1)");
    }
  }

  private static boolean hasDriver() {
    return Stream.of(
            "/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/local/nvidia/lib64")
        .anyMatch(folder -> Files.exists(Path.of(folder, "libcuda.so.1")));
  }

  /** JCuda and this driver against one card that is emulated. */
  @Nested
  @NeedsEmulator
  class OnAnEmulatedCard {
    private static final String CARD =
        "Emulated card (compute capability 9.0, 5 multiprocessors, driver for CUDA 12.6)";

    @Test
    void doesWhatItIsAskedForAndNamesWhatFailed(@TempDir Path folder) throws IOException {
      String surefire = System.getProperty("surefire.test.class.path");
      EmulatorBuild.Result result =
          EmulatorBuild.run(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djava.io.tmpdir=" + folder,
                  "-cp",
                  surefire == null ? System.getProperty("java.class.path") : surefire,
                  JcudaDriverProgram.class.getName(),
                  EmulatorBuild.driver().toString()));

      assertThat(result.printed().lines())
          .containsExactly(
              CARD + ", 67108864 bytes free",
              "copied: 0 wrong, 0 2999999, position 4",
              "kernel: 164.0 226.0",
              "error: Asked to wait while work is only noted",
              "error: Asked to allocate while work is only noted",
              "graph: 5.0 0.0, then 0.0 1.0",
              "thread: true",
              "error: There is no kernel no_kernel",
              "error: No memory for 1099511627776 bytes on "
                  + CARD
                  + ", of which 67108864 are free",
              "error: The NVIDIA driver answered CUDA_ERROR_LAUNCH_FAILED (as the emulated driver"
                  + " says) while waiting for its work; the last kernel launched was"
                  + " barrier_for_some",
              "error: There is no card 1: NVIDIA's driver shows this process 1, counted from 0",
              "error: The NVIDIA driver answered CUDA_ERROR_INVALID_IMAGE (as the emulated driver"
                  + " says) to the kernels [sm_90, compute_75] for "
                  + CARD
                  + ": a newer driver may take them",
              "error: There is no card 3: NVIDIA's driver shows this process 1, counted from 0");
      assertThat(result.code()).isZero();
    }
  }
}
