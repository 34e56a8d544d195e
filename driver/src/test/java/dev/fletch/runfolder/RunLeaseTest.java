package dev.fletch.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time writes to a run folder. */
class RunLeaseTest {
  private static final String COMMAND = "fletch run a.conf";
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(2);

  @TempDir Path temporary;
  private final Configuration hadoop = new Configuration();
  private Path run;
  private Path lease;

  @BeforeEach
  void create() {
    run = temporary.resolve("run");
    lease = run.resolve(".lease");
    RunFolder.create(run.toString(), hadoop).writeText(RunFolder.CONFIG, "fletch {}");
  }

  @Test
  void aSecondWriterIsToldWhoTheFirstIs() {
    try (RunLease first = resume()) {
      first.folder().writeText("a", "1");
      assertThatThrownBy(this::resume)
          .isInstanceOf(RunFolderRefusedException.class)
          .message()
          .matches(
              "run folder file:%s: process %d on \\S+ since \\S+Z \\(fletch run a.conf\\) writes to it: wait until it has ended, stop it, or choose another output"
                  .formatted(run, ProcessHandle.current().pid()));
      first.folder().writeText("a", "2");
    }
    assertThat(lease).doesNotExist();
    resume().close();
    assertThat(run)
        .isDirectoryNotContaining("glob:**.tmp")
        .isDirectoryNotContaining("glob:**lease*");
  }

  @Test
  void ofManyThatStartAtOnceOneSucceeds() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<RunLease>> starts = new ArrayList<>();
    Callable<RunLease> start =
        () -> {
          go.await();
          return resume();
        };
    for (int i = 0; i < 8; i++) {
      starts.add(pool.submit(start));
    }
    go.countDown();
    List<RunLease> winners = new ArrayList<>();
    for (Future<RunLease> future : starts) {
      try {
        winners.add(future.get());
      } catch (ExecutionException e) {
        assertThat(e.getCause()).hasMessageContaining(" writes to it: wait");
      }
    }
    pool.shutdown();
    assertThat(winners).hasSize(1);
    winners.get(0).folder().writeText("a", "1");
    winners.get(0).close();
  }

  @Test
  void theLeaseOfAProcessThatIsGoneIsTakenOverAtOnce() throws IOException {
    Holder here = Holder.here(COMMAND);
    leave(holder(here.processes(), here.pid(), here.processStart() - 5000));

    try (RunLease second = resume()) {
      second.folder().writeText("a", "1");
      assertThat(Files.readString(lease)).contains(Long.toString(here.processStart()));
    }
  }

  @Test
  void theLeaseOfAnotherMachineIsTakenOverWhenItWasNotRenewedForLong()
      throws IOException, InterruptedException {
    leave(holder("elsewhere pid:[1]", 1, 0));
    assertThatThrownBy(this::resume)
        .hasMessageEndingWith(
            "(if it is gone, the folder is free 60 s after its last sign of life)");
    RunFolder folder = RunFolder.open(run.toString(), hadoop);
    assertThatThrownBy(() -> RunLease.of(folder, COMMAND, OFTEN, SOON))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining(
            "process 1 on node-3 since 2026-01-02T03:04:05Z (fletch sweep b.conf)");

    Thread.sleep(SOON.toMillis() + 100);
    RunLease.of(folder, COMMAND, OFTEN, SOON).close();
    assertThat(lease).doesNotExist();
  }

  @Test
  void aLeaseIsRenewedWhileItIsHeld() throws InterruptedException {
    try (RunLease held = RunLease.of(open(), COMMAND, OFTEN, SOON)) {
      Thread.sleep(SOON.toMillis() + 500);
      assertThatThrownBy(() -> RunLease.of(open(), COMMAND, OFTEN, SOON))
          .hasMessageContaining(" writes to it: wait");
      held.folder().writeText("a", "1");
    }
  }

  @Test
  void aWriterWhoseLeaseWasTakenOverStops() throws IOException {
    try (RunLease first = resume()) {
      String writer = first.folder().writer();
      RunFolder task = RunFolder.open(run.toString(), writer, hadoop);
      task.writeText("retrain/last/seed-0/metrics.jsonl", "1");
      leave(holder("elsewhere pid:[1]", 1, 0));
      String stopped =
          "run folder file:"
              + run
              + ": process 1 on node-3 since 2026-01-02T03:04:05Z (fletch sweep b.conf) has taken"
              + " it over, so this one has stopped writing to it: let one process at a time work on"
              + " a run";

      assertThatThrownBy(() -> first.folder().writeText("a", "1"))
          .isInstanceOf(RunFolderRefusedException.class)
          .hasMessage(stopped);
      assertThatThrownBy(() -> first.folder().delete("search")).hasMessage(stopped);
      assertThatThrownBy(() -> task.writeText("b", "1")).hasMessage(stopped);
      assertThatThrownBy(() -> RunFolder.open(run.toString(), writer, hadoop)).hasMessage(stopped);
    }
    assertThat(lease).as("of the one that took over").content().contains("node-3");
    assertThat(run.resolve("a")).doesNotExist();
  }

  @Test
  void whatIsWrittenAfterTheLeaseWasGivenBackIsRefused() {
    RunLease lost = resume();
    lost.close();
    assertThatThrownBy(() -> lost.folder().writeText("a", "1"))
        .hasMessageContaining("its lease is gone: another process took it over or deleted it");
  }

  /** A writer may be killed between making the file and writing to it. */
  @Test
  void anEmptyLeaseIsFreeWhenItIsOld() throws IOException, InterruptedException {
    Files.createFile(lease);
    assertThatThrownBy(this::resume)
        .hasMessageContaining("a process that has just begun writes to it: wait");
    Thread.sleep(SOON.toMillis());
    RunLease.of(open(), COMMAND, OFTEN, SOON).close();
    assertThat(lease).doesNotExist();
  }

  @Test
  void twoNewRunsOnOneFolderAreOne() {
    String path = temporary.resolve("new").toString();
    try (RunLease first = RunLease.create(path, hadoop, COMMAND)) {
      assertThatThrownBy(() -> RunLease.create(path, hadoop, COMMAND))
          .isInstanceOf(RunFolderRefusedException.class)
          .hasMessageContaining("is not empty (.lease)");
      first.folder().writeText(RunFolder.CONFIG, "fletch {}");
    }
  }

  private RunFolder open() {
    return RunFolder.open(run.toString(), hadoop);
  }

  private RunLease resume() {
    return RunLease.resume(run.toString(), hadoop, COMMAND);
  }

  private void leave(Holder holder) throws IOException {
    Files.writeString(lease, holder.toJson());
  }

  private static Holder holder(String processes, long pid, long start) {
    return new Holder(
        "0000",
        "node-3",
        processes,
        pid,
        start,
        Instant.parse("2026-01-02T03:04:05Z"),
        "fletch sweep b.conf");
  }
}
