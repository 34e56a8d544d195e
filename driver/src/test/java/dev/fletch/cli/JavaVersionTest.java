package dev.fletch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Java versions are refused, by the program and by its launcher. */
class JavaVersionTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../deploy/fletch");

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(ints = {17, 21, 22})
  void versionsThatWorkAreTaken(int feature) {
    assertThat(JavaVersion.refusal(feature)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 16, 23, 25})
  void othersAreRefusedInOneLine(int feature) {
    assertThat(JavaVersion.refusal(feature))
        .contains(
            "Fletch runs on Java 17 (18 to 22 may do), but this is Java "
                + feature
                + ": set JAVA_HOME to a JDK 17");
  }

  @Test
  void thisOneWorks() {
    assertThat(JavaVersion.refusal(Runtime.version().feature())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_392", "16.0.2", "23", "25.0.1"})
  void theLauncherRefusesThemBeforeItBuildsAnything(String version)
      throws IOException, InterruptedException {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder launch = new ProcessBuilder(LAUNCHER.toString(), "validate");
    launch.environment().put("JAVA_HOME", home.toString());
    launch.redirectErrorStream(true);
    Process process = launch.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(said)
        .isEqualTo(
            "fletch: Fletch runs on Java 17 (18 to 22 may do), but %s is Java %s: set JAVA_HOME to a JDK 17.\n"
                .formatted(java, version));
  }
}
