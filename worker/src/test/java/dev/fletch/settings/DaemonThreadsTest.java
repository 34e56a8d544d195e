package dev.fletch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
  @Test
  void theyAreCountedAndKeepNoProcessAlive() {
    DaemonThreads threads = new DaemonThreads("trial");

    assertThat(threads.newThread(() -> {}).getName()).isEqualTo("trial-0");
    Thread second = threads.newThread(() -> {});
    assertThat(second.getName()).isEqualTo("trial-1");
    assertThat(second.isDaemon()).isTrue();
  }
}
