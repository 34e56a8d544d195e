package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Without oneDNN all results are the same, and a depthwise convolution takes a hundred times as
 * long.
 */
class NativeLibraryTest {
  @Test
  void theLoadedLibraryHasOneDnn() throws IOException {
    assertThat(Nd4j.ones(2).sumNumber().intValue()).isEqualTo(2);
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(mappings.filter(line -> line.endsWith("/libnd4jcpu.so")))
          .isNotEmpty()
          .allMatch(line -> line.contains("linux-x86_64-onednn-avx"));
    }
  }

  @Test
  void noOtherLibraryIsOnTheClassPath() {
    assertThat(System.getProperty("java.class.path").split(":"))
        .filteredOn(jar -> jar.matches(".*/nd4j-native-[^/]*linux[^/]*\\.jar"))
        .filteredOn(jar -> !jar.contains("preset"))
        .singleElement()
        .asString()
        .contains("-onednn-");
  }
}
