package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuPinningTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // addresses, devices, CUDA_VISIBLE_DEVICES, partition -> device
        "3, 1, -, 5, 0", // isolated by YARN or Kubernetes: only one is visible, whatever it is
        // called
        "3, 4, -, 0, 3",
        "' 2 ', 4, -, 0, 2",
        "3 1, 4, -, 0, 3", // several given: the first
        "3, 2, '1,3', 0, 1",
        "GPU-ab12, 2, 'GPU-ff00, GPU-ab12', 0, 1",
        "1, 2, '', 0, 1",
        "-, 4, -, 6, 2", // local mode schedules no GPUs
        "-, 4, '4,5,6,7', 3, 3",
      })
  void choosesTheDevice(
      String addresses, int devices, String visible, int partition, int expected) {
    assertThat(GpuPinning.device(split(addresses), devices, visible, partition))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "0 | 0 | - | Cannot pin a task to a GPU: CUDA shows none to this process",
        "4 | 2 | - | Cannot pin a task to GPU \"4\": this process sees devices 0 to 1; correct the discovery script",
        "x | 2 | - | Cannot pin a task to GPU \"x\": this process sees devices 0 to 1; correct the discovery script",
        "2 | 2 | 0,1 | Cannot pin a task to GPU 2: CUDA_VISIBLE_DEVICES is \"0,1\"; the discovery script and it must agree",
      })
  void refusesWhatCannotBe(String addresses, int devices, String visible, String message) {
    assertThatThrownBy(() -> GpuPinning.device(split(addresses), devices, visible, 0))
        .isInstanceOf(ClusterException.class)
        .hasMessage(message);
  }

  @Test
  void leavesCpuBackendAlone() {
    assertThat(NumericBackend.isCuda()).isFalse();
    GpuPinning.pin();
  }

  @Test
  void namesTheBackendWithItsClassifier() {
    assertThat(NumericBackend.describe()).startsWith("nd4j-native linux-x86_64-onednn");
  }

  private static List<String> split(String addresses) {
    return addresses == null ? List.of() : Arrays.asList(addresses.split("(?<=\\S) "));
  }
}
