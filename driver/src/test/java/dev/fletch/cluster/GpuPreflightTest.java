package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.cluster.GpuPreflight.Gpu;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuPreflightTest {
  @Test
  void readsWhatTheDriverPrints() {
    List<Gpu> gpus = answering("8.0, 535.54.03, 40960 MiB\n7.5, 535.54.03, 15360 MiB\n").check();

    assertThat(gpus)
        .containsExactly(
            new Gpu(8, 0, "535.54.03", "40960 MiB"), new Gpu(7, 5, "535.54.03", "15360 MiB"));
  }

  @ParameterizedTest
  @CsvSource({
    "3.5, false",
    "3.7, true",
    "5.0, true",
    "5.3, true",
    "6.1, true",
    "7.0, true",
    "7.5, true",
    "8.6, true",
    "8.9, true",
    "9.0, false",
    "10.0, false",
    "12.0, false",
    "2.9, false",
  })
  void knowsWhereTheLibraryHasCode(String capability, boolean expected) {
    assertThat(Gpu.parse(capability + ", 1, 1 MiB").hasCode()).isEqualTo(expected);
  }

  @Test
  void refusesHopperByNumber() {
    assertThatThrownBy(() -> answering("8.0, 535, 40960 MiB\n9.0, 535, 81559 MiB\n").check())
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot use GPU 1: its compute capability is 9.0, and nd4j-cuda-11.6 runs on 3.7 to 8.9 only"
                + " (not on Hopper or newer); use another GPU, or the build without -Pcuda");
  }

  @Test
  void saysThatTheDriverIsMissing() {
    assertThatThrownBy(() -> new GpuPreflight(List.of("no-such-nvidia-smi")).check())
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot run no-such-nvidia-smi: the CUDA build needs an NVIDIA driver on every machine with"
                + " executors; install it, or use the build without -Pcuda");
  }

  @Test
  void repeatsWhatAFailingDriverSays() {
    assertThatThrownBy(
            () -> new GpuPreflight(List.of("sh", "-c", "echo 'No devices'; exit 6")).check())
        .isInstanceOf(ClusterException.class)
        .hasMessage("sh failed, so the NVIDIA driver is not usable: No devices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"8, 535, 1 MiB", "8.x, 535, 1 MiB", "8.0, 535"})
  void refusesAnAnswerItCannotRead(String line) {
    assertThatThrownBy(() -> answering(line).check())
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot read the answer of nvidia-smi: expected \"8.0, 535.54, 40960 MiB\", got \""
                + line
                + "\"");
  }

  @Test
  void saysThatThereIsNoGpu() {
    assertThatThrownBy(() -> answering("").check())
        .hasMessage(
            "Cannot find a GPU: nvidia-smi lists none; use a machine with one, or the build without -Pcuda");
  }

  private static GpuPreflight answering(String lines) {
    return new GpuPreflight(List.of("printf", "%s", lines));
  }
}
