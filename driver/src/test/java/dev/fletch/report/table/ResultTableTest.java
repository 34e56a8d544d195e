package dev.fletch.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.ParquetRows;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.ReportWriter;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.RunReport.Run;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.Protocol;
import dev.fletch.retrain.TrainingEpoch;
import dev.fletch.retrain.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  private static final ConfusionMatrix CONFUSION =
      ConfusionMatrix.of(new long[][] {{3, 1}, {0, 4}});
  private static final List<String> DONE =
      Arrays.asList(
          "sample",
          "best, \"of all\"",
          "best-validation (epoch 4); last (epoch 4)",
          Samples.genotype().toString(),
          "0",
          "done",
          "",
          "0.875",
          "0.25",
          "0.9",
          "0.875",
          Double.toString((6 / 7.0 + 8 / 9.0) / 2),
          "0.9375",
          "598",
          "8",
          "3349342",
          "528000000",
          "12.5",
          "250.5",
          "600",
          "darts-paper",
          "0.0");
  private static final List<String> FAILED =
      Arrays.asList(
          "sample",
          "best, \"of all\"",
          "best-validation (epoch 4); last (epoch 4)",
          Samples.genotype().toString(),
          "1",
          "failed",
          "out of space",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "3349342",
          "",
          "",
          "",
          "",
          "darts-paper",
          "0.0");

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    new ReportWriter(
            (name, content) -> {
              Files.createDirectories(folder.resolve(name).getParent());
              Files.write(folder.resolve(name), content);
            })
        .write(report(), "");
  }

  @Test
  void sparkReadsTheParquetFile() {
    Path file = folder.resolve("report/results.parquet");
    assertThat(file).isRegularFile();

    List<Map<String, Object>> rows = ParquetRows.read(file.toString());

    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).keySet())
        .containsExactlyElementsOf(
            ResultTable.columns(Metrics.DEFAULT).stream().map(c -> c.name()).toList());
    assertThat(texts(rows.get(0))).isEqualTo(DONE);
    assertThat(texts(rows.get(1))).isEqualTo(FAILED);
    assertThat(rows.get(0).get("seed")).isEqualTo(0L);
    assertThat(rows.get(0).get("testAccuracy")).isEqualTo(0.875);
    assertThat(rows.get(1).get("testAccuracy")).as("unknown, not NaN").isNull();
  }

  @Test
  void theCsvSaysTheSame() throws IOException {
    String csv = Files.readString(folder.resolve("report/results.csv"));

    assertThat(csv)
        .isEqualTo(
            "run,candidate,origins,genotype,seed,status,failure,testAccuracy,testLoss,"
                + "macroPrecision,macroRecall,macroF1,bestTestAccuracy,bestTestEpoch,testExamples,"
                + "parameters,multiplyAdds,seconds,imagesPerSecond,epochs,protocol,"
                + "validationPortion\r\n"
                + Csv.line(DONE)
                + Csv.line(FAILED));
    assertThat(csv).contains("sample,\"best, \"\"of all\"\"\",", ",failed,out of space,,,");
  }

  @Test
  void everyEpochOfEveryTrainingIsALine() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("report/metrics.jsonl"));

    assertThat(lines)
        .containsExactly(
            "{\"candidate\":\"best, \\\"of all\\\"\",\"seed\":0,\"epoch\":0,\"trainLoss\":1.5,"
                + "\"trainAccuracy\":0.5,\"learningRate\":0.025,\"seconds\":10.0,"
                + "\"imagesPerSecond\":100.0,\"validationAccuracy\":0.25}",
            "{\"candidate\":\"best, \\\"of all\\\"\",\"seed\":1,\"epoch\":0,\"trainLoss\":null,"
                + "\"trainAccuracy\":0.5,\"learningRate\":0.025,\"seconds\":10.0,"
                + "\"imagesPerSecond\":812.4}");
    assertThat(new ObjectMapper().readTree(lines.get(0)).get("candidate").asText())
        .isEqualTo("best, \"of all\"");
  }

  @Test
  void aRunWithoutTrainingsHasAnEmptyTable() throws IOException {
    Path file = folder.resolve("none.parquet");
    Files.write(file, ResultParquet.bytes(Samples.of(Samples.search(1, 0.6))));

    assertThat(ParquetRows.read(file.toString())).isEmpty();
  }

  private static List<String> texts(Map<String, Object> row) {
    List<String> texts = new ArrayList<>();
    row.values().forEach(value -> texts.add(value == null ? "" : value.toString()));
    return texts;
  }

  private static RunReport report() {
    String id = "best, \"of all\"";
    TrainingResult result =
        new TrainingResult(
            id,
            0,
            Metrics.DEFAULT,
            0.875,
            0.25,
            CONFUSION,
            new TrainingResult.BestEpoch(598, 0.9375),
            new TrainingResult.NetworkCost(3_349_342, 528_000_000),
            12.5,
            250.5,
            600);
    TrainingEpoch first =
        new TrainingEpoch(
            0,
            0.025,
            1.5,
            Metrics.DEFAULT,
            0.5,
            10,
            100,
            new TrainingEpoch.Evaluated(Double.NaN, 0.25, Double.NaN, Double.NaN, 0));
    Candidate candidate =
        new Candidate(
            id,
            List.of(
                new Origin("best-validation", OptionalInt.of(4)),
                new Origin("last", OptionalInt.of(4))),
            Samples.genotype());
    return new RunReport(
        new Run("sample", 1, "fletch run a.conf"),
        Samples.search(5, 0.6),
        List.of(
            new CandidateReport(
                candidate,
                List.of(
                    new TrainingReport(new Outcome.Trained(result), List.of(first)),
                    Samples.failed(
                        id, 1, "out of space", List.of(Samples.epoch(0, Double.NaN, 0.5)))))),
        Map.of(),
        new Protocol(Protocol.Testing.DARTS_PAPER, 0));
  }
}
