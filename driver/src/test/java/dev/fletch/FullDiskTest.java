package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run folder whose disk fills up while one candidate trains. */
class FullDiskTest {
  private static final String SYSTEM = "spark.hadoop.fs.file.impl";
  private static final String UNCACHED = "spark.hadoop.fs.file.impl.disable.cache";

  @TempDir Path folder;
  private RunFiles run;
  private Path conf;

  @BeforeEach
  void prepare() throws IOException {
    System.setProperty(SYSTEM, FullFileSystem.class.getName());
    System.setProperty(UNCACHED, "true");
    run = new RunFiles(folder.resolve("run"));
    conf = TinyRun.conf(folder, run.root(), "search.epochs = 2, search.replicas = 1");
  }

  @AfterEach
  void makeRoom() {
    FullFileSystem.makeRoom();
    System.clearProperty(SYSTEM);
    System.clearProperty(UNCACHED);
  }

  @Test
  void isThatCandidatesFailureAndAResumeFinishes() throws IOException {
    FullFileSystem.noRoomFor("retrain/epoch-0/.*epoch-001\\.ckpt");

    TinyRun.Outcome full = TinyRun.fletch("run", conf);

    assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
    String reason =
        "run folder file:"
            + run.root()
            + ": cannot write retrain/epoch-0/seed-0/checkpoint/epoch-001.ckpt"
            + " (No space left on device)";
    assertThat(full.errorLines()).contains("retrain epoch-0, seed 0 failed: " + reason);
    JsonNode failed = run.json("retrain/epoch-0/seed-0/result.json");
    assertThat(failed.get("status").asText()).isEqualTo("failed");
    assertThat(failed.get("failure").asText()).isEqualTo(reason);
    assertThat(run.json("retrain/last/seed-0/result.json").get("status").asText())
        .isEqualTo("done");
    assertThat(run.json("report/report.json").at("/candidates/0/seeds/0/failure").asText())
        .isEqualTo(reason);
    assertThat(run.names())
        .contains("retrain/epoch-0/seed-0/checkpoint/epoch-000.ckpt")
        .noneMatch(name -> name.endsWith("epoch-0/seed-0/checkpoint/epoch-001.ckpt"))
        .noneMatch(name -> name.contains(".tmp"));

    FullFileSystem.makeRoom();
    TinyRun.Outcome resumed = TinyRun.fletch("run", conf, "--resume");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("retrain last, seed 0: already done");
    assertThat(run.json("retrain/epoch-0/seed-0/result.json").get("status").asText())
        .isEqualTo("done");
    assertThat(run.newest("retrain/epoch-0/seed-0/checkpoint").nextEpoch()).isEqualTo(2);
  }
}
