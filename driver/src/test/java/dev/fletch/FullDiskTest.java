package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run folder whose disk fills up while a network trains. */
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

  /** Their weights, which children inherit, find no room. */
  @Test
  void losesTrainingsOfGenomesWhichAResumeDoes() throws IOException {
    RunFiles calm = new RunFiles(folder.resolve("calm"));
    Path neat = PopulationRunTest.conf(folder, run.root(), "search.budget.generations = 2");
    assertThat(TinyRun.fletch("search", neat, "--set", "output=" + calm.root()).exitCode())
        .isZero();
    int first = calm.timelessLines("search/epochs.jsonl").get(0).at("/generation/trained").asInt();
    assertThat(first).isGreaterThan(1);

    FullFileSystem.noRoomFor("search/weights/");
    TinyRun.Outcome all = TinyRun.fletch("search", neat);
    assertLost(all, first, first);
    assertThat(run.names()).noneMatch(name -> name.startsWith("search/fitness/"));

    FullFileSystem.noRoomFor("search/weights/genome-00000");
    TinyRun.Outcome one = TinyRun.fletch("search", neat, "--resume");
    assertLost(one, 1, first);
    assertThat(run.names())
        .filteredOn(name -> name.startsWith("search/fitness/"))
        .hasSize(first - 1)
        .doesNotContain("search/fitness/genome-00000.json");

    FullFileSystem.makeRoom();
    TinyRun.Outcome resumed = TinyRun.fletch("search", neat, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    run.assertSameSearchAs(calm);
    for (int generation = 0; generation < 2; generation++) {
      String name = "search/population/generation-00%d.json".formatted(generation);
      assertThat(run.text(name)).isEqualTo(calm.text(name));
    }
  }

  private void assertLost(TinyRun.Outcome outcome, int lost, int of) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.err())
        .contains(
            ("fletch: %d of %d trainings were lost, first that of genome 0 (run folder file:%s:"
                    + " cannot write search/weights/genome-00000/")
                .formatted(lost, of, run.root()))
        .contains("(No space left on device)): see to that and go on with --resume, which")
        .doesNotContain("has the lowest fitness");
  }
}
