package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.runfolder.RunLease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data from HDFS, a run folder on HDFS: a name node and a data node in this process. */
class HdfsRunTest {
  @TempDir static java.nio.file.Path local;

  private static MiniDFSCluster hdfs;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, local.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitClusterUp();
  }

  @AfterAll
  static void stop() {
    hdfs.shutdown();
  }

  @Test
  void dataAndRunFolderMayLieOnHdfs() throws IOException {
    FileSystem files = hdfs.getFileSystem();
    uploadFashionMnist(files, new Path("/data"));
    String output = hdfs.getURI() + "/runs/tiny";
    java.nio.file.Path conf =
        TinyRun.conf(
            local,
            output,
            "data.path = \""
                + hdfs.getURI()
                + "/data\", search.epochs = 2,"
                + " retrain { candidates = [last, random-0], seeds = [0], epochs = 1 }");

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.errorLines()).last().isEqualTo("run folder: " + output);
    RunFiles run = new RunFiles(download(files, new Path(output)));
    assertThat(run.names())
        .contains(
            "_SUCCESS",
            "manifest.json",
            "report/index.html",
            "report/results.parquet",
            "retrain/last/seed-0/checkpoint/epoch-000.ckpt",
            "retrain/last/candidate.json",
            "retrain/last/seed-0/result.json",
            "retrain/random-0/seed-0/result.json",
            "search/alpha/epoch-001.json",
            "search/checkpoint/epoch-001.ckpt")
        .noneMatch(name -> name.contains(".tmp"));

    List<Map<String, Object>> rows = ParquetRows.read(output + "/report/results.parquet");
    JsonNode result = run.json("retrain/last/seed-0/result.json");
    assertThat(rows).hasSize(2);
    Map<String, Object> first =
        rows.stream()
            .filter(row -> row.get("candidate").equals("last") && row.get("seed").equals(0L))
            .findFirst()
            .orElseThrow();
    assertThat(first)
        .containsEntry("run", "tiny")
        .containsEntry("candidate", "last")
        .containsEntry("seed", 0L)
        .containsEntry("testAccuracy", result.get("testAccuracy").asDouble())
        .containsEntry("macroF1", result.get("macroF1").asDouble())
        .containsEntry("multiplyAdds", result.get("multiplyAdds").asLong())
        .containsEntry("protocol", "held-out");

    TinyRun.Outcome again = TinyRun.fletch("run", conf);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err())
        .hasLineCount(1)
        .contains(output + ": already holds a finished run", "--resume");
    TinyRun.Outcome resumed = TinyRun.fletch("run", conf, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("nothing left to train", "seed 0: already done");
    assertThat(TinyRun.fletch("report", output).exitCode()).isZero();

    // The same run on the local disk, from the bundled copy of the same images.
    RunFiles onDisk = new RunFiles(local.resolve("on-disk"));
    TinyRun.Outcome other =
        TinyRun.fletch(
            "run",
            conf,
            "--set",
            "output=" + onDisk.root(),
            "--set",
            "data.path=\"bundled:fashion-mnist\"");
    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(run.timelessLines("search/epochs.jsonl"))
        .isEqualTo(onDisk.timelessLines("search/epochs.jsonl"));
    assertThat(run.json("manifest.json").get("dataChecksums"))
        .isEqualTo(onDisk.json("manifest.json").get("dataChecksums"));
    assertThat(run.json("retrain/last/seed-0/result.json").get("testLoss"))
        .isEqualTo(onDisk.json("retrain/last/seed-0/result.json").get("testLoss"));
  }

  /** The lease of a process that this machine cannot see, judged by the name node's clock alone. */
  @Test
  void aLeaseOnHdfsKeepsOthersAwayUntilItIsOld() throws IOException {
    FileSystem files = hdfs.getFileSystem();
    Path run = new Path("/runs/leased");
    write(files, new Path(run, "config.conf"), "fletch {}");
    Configuration hadoop = new Configuration();
    String path = hdfs.getURI() + run.toString();
    try (RunLease held = RunLease.resume(path, hadoop, "fletch run a.conf")) {
      held.folder().writeText("a", "1");
      assertThatThrownBy(() -> RunLease.resume(path, hadoop, "fletch run a.conf"))
          .hasMessageContaining("(fletch run a.conf) writes to it: wait");
    }
    assertThat(files.exists(new Path(run, ".lease"))).isFalse();

    Path left = new Path(run, ".lease");
    write(
        files,
        left,
        """
        {"formatVersion": 1, "id": "0", "host": "node-3", "processes": "elsewhere", "pid": 7,
         "processStart": 0, "since": "2026-01-02T03:04:05Z", "command": "fletch run b.conf"}
        """);
    assertThatThrownBy(() -> RunLease.resume(path, hadoop, "fletch run a.conf"))
        .hasMessageContaining("process 7 on node-3 since 2026-01-02T03:04:05Z (fletch run b.conf)");
    files.setTimes(left, System.currentTimeMillis() - 60_000, -1);
    try (RunLease held = RunLease.resume(path, hadoop, "fletch run a.conf")) {
      held.folder().writeText("a", "2");
    }
    assertThat(files.listStatus(run)).hasSize(2);
  }

  private static void write(FileSystem files, Path file, String text) throws IOException {
    try (FSDataOutputStream out = files.create(file)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void uploadFashionMnist(FileSystem files, Path folder) throws IOException {
    for (String name :
        List.of(
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz")) {
      String resource = "/dev/fletch/data/fashion-mnist/" + name;
      try (InputStream in = HdfsRunTest.class.getResourceAsStream(resource);
          FSDataOutputStream out = files.create(new Path(folder, name))) {
        in.transferTo(out);
      }
    }
  }

  /** A copy on the local disk, hidden files included. */
  private static java.nio.file.Path download(FileSystem files, Path from) throws IOException {
    java.nio.file.Path to = local.resolve("downloaded");
    FileUtil.copy(files, from, to.toFile(), false, files.getConf());
    try (Stream<java.nio.file.Path> copies = Files.walk(to)) {
      // The local file system of Hadoop adds checksums of its own.
      for (java.nio.file.Path crc :
          copies.filter(p -> p.getFileName().toString().endsWith(".crc")).toList()) {
        Files.delete(crc);
      }
    }
    return to;
  }
}
