package dev.fletch.report;

import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.Samples;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.Watch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

/** A run folder as a search leaves it, written by hand. */
abstract class WrittenRun {
  static final String GENOTYPE =
      "\"genotype\":{\"normal\":\""
          + Samples.NORMAL
          + "\",\"reduction\":\""
          + Samples.REDUCTION
          + "\"}";

  static final String CONFIG =
      """
      fletch {
        name = tiny
        seed = 7
        output = somewhere
        data { format = idx, path = "bundled:fashion-mnist" }
        search { order = second, epochs = 2, temperature { schedule = linear } }
        retrain { candidates = [best-validation, last] }
      }
      """;

  @TempDir Path folder;

  void writeSearch() throws IOException {
    write("config.conf", CONFIG);
    write(
        "manifest.json",
        "{\"formatVersion\":1,\"command\":\"fletch run tiny.conf\","
            + "\"started\":\"2026-01-02T03:04:05Z\",\"seeds\":[7,0],"
            + "\"dataChecksums\":{\"train.gz\":\"abc\"},"
            + "\"environment\":{\"java\":\"17\"}}");
    write("search/epochs.jsonl", line(0, 10, 0.5) + "\n" + line(1, 0.1, 0.75) + "\n");
    write(
        "search/alpha/epoch-000.json",
        "{\"formatVersion\":1,\"epoch\":0,\"temperature\":10,"
            + "\"operations\":[\"none\",\"skip_connect\"],\"normal\":[[0.25,0.75],[0.5,0.5]],"
            + "\"reduction\":[[1,0],[0,1]],\"alphaNormal\":[],\"alphaReduction\":[]}");
  }

  static String line(int epoch, double temperature, double validation) {
    String t = temperature == 10 ? "10" : Double.toString(temperature);
    return "{\"epoch\":"
        + epoch
        + ",\"temperature\":"
        + t
        + ",\"trainAccuracy\":0.5,"
        + "\"validationAccuracy\":"
        + validation
        + ",\"trainLoss\":1.5,\"validationLoss\":null,"
        + "\"alphaEntropy\":2.0,\"skipConnections\":{\"normal\":2,\"reduction\":3},"
        + GENOTYPE
        + ",\"seconds\":2.0,\"imagesPerSecond\":100}";
  }

  static EpochRecord epoch(int epoch, double temperature, double validation) {
    return new EpochRecord(
        epoch,
        temperature,
        Metrics.DEFAULT,
        0.5,
        validation,
        1.5,
        Double.NaN,
        2,
        Samples.genotype(),
        2,
        100,
        Watch.NOTHING);
  }

  RunReport read() {
    RunFolder run = RunFolder.open(folder.toString(), new Configuration());
    RunConfig config =
        RunConfigLoader.load("config.conf", run.readText(RunFolder.CONFIG), List.of());
    return new RunReportReader(run, config.name(), config.searchPlan(), config.retrain()).read();
  }

  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
