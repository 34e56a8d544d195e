package dev.fletch.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.RunReport.Run;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.Protocol;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.retrain.TrainingResult.BestEpoch;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SearchResult;
import dev.fletch.search.Watch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "dev", "fletch", "report", "report-v1.json");

  /** {@code -Dgolden.update=true} rewrites the file, for a change of the format that is meant. */
  @Test
  void equalsTheGoldenFile() throws IOException {
    String json = ReportJson.text(report());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, json, StandardCharsets.UTF_8);
    }
    assertThat(json).isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
  }

  @Test
  void writesWhatWasNotMeasuredAsNull() throws IOException {
    JsonNode candidate = new ObjectMapper().readTree(ReportJson.text(report())).at("/candidates/1");
    assertThat(candidate.at("/testAccuracyMean").isNull()).isTrue();
    assertThat(candidate.at("/testAccuracyStd").isNull()).isTrue();
    assertThat(candidate.at("/seeds/0/testAccuracy").isNull()).isTrue();
    assertThat(candidate.at("/seeds/0/failure").asText()).isEqualTo("out of memory");
  }

  @Test
  void aMatrixOfHundredClassesStaysWithItsTraining() throws IOException {
    ConfusionMatrix large = ConfusionMatrix.of(new long[100][100]);
    CandidateReport candidate =
        new CandidateReport(
            new Candidate(
                "many", List.of(new Origin("many", OptionalInt.of(0))), Samples.genotype()),
            List.of(done("many", 0, 0.5, 1, large, BestEpoch.NONE, 1)));
    String json = ReportJson.text(Samples.of(Samples.search(1, 0.6), candidate));
    JsonNode entry = new ObjectMapper().readTree(json).at("/candidates/0/seeds/0");
    assertThat(entry.get("confusionMatrix").isNull()).isTrue();
    assertThat(entry.get("macroF1").asDouble()).isZero();
  }

  @Test
  void writesNoOriginsListForASingleOrigin() throws IOException {
    JsonNode candidates = new ObjectMapper().readTree(ReportJson.text(report())).at("/candidates");
    assertThat(candidates.get(0).has("origins")).isTrue();
    assertThat(candidates.get(1).has("origins")).isFalse();
  }

  private static RunReport report() {
    EpochRecord epoch =
        new EpochRecord(
            0,
            10,
            Metrics.DEFAULT,
            0.5,
            0.625,
            1.25,
            Double.NaN,
            2.0794,
            Samples.genotype(),
            12.5,
            100,
            new Watch(
                0.5,
                1.5,
                List.of(new Watch.TemperatureGap(0.1, 0.625, 0.5625)),
                List.of(new Watch.LambdaResult(0.25, 0.5, 0.75, Samples.genotype()))));
    SearchResult search = new SearchResult(List.of(epoch), "completed", OptionalInt.of(0), 0);
    ConfusionMatrix confusion = ConfusionMatrix.of(new long[][] {{3, 1}, {1, 3}});
    String id = "best-validation";
    CandidateReport trained =
        new CandidateReport(
            new Candidate(
                id,
                List.of(
                    new Origin(id, OptionalInt.of(0)),
                    new Origin("last", OptionalInt.of(0), OptionalDouble.of(0.25))),
                Samples.genotype()),
            List.of(
                done(id, 0, 0.75, 20, confusion, new BestEpoch(598, 0.875), 250.5),
                done(id, 1, 0.875, 21.5, ConfusionMatrix.NONE, BestEpoch.NONE, Double.NaN)));
    CandidateReport failed =
        new CandidateReport(
            new Candidate(
                "epoch-0", List.of(new Origin("epoch-0", OptionalInt.of(0))), Samples.genotype()),
            List.of(Samples.failed("epoch-0", 0, "out of memory", List.of())));
    return new RunReport(
        new Run("golden", 7, "fletch run a.conf"),
        Samples.search("td-darts", search, List.of()),
        List.of(trained, failed),
        Map.of("java", "17.0.15"),
        new Protocol(Protocol.Testing.DARTS_PAPER, 0.25));
  }

  /** The seed 0 has 600 epochs and a loss of 0.5; of others the epochs are unknown. */
  private static TrainingReport done(
      String candidate,
      long seed,
      double accuracy,
      double seconds,
      ConfusionMatrix confusion,
      BestEpoch best,
      double imagesPerSecond) {
    return new TrainingReport(
        new Outcome.Trained(
            new TrainingResult(
                candidate,
                seed,
                Metrics.DEFAULT,
                accuracy,
                seed == 0 ? 0.5 : 0.25,
                confusion,
                best,
                new TrainingResult.NetworkCost(56_310, 4_000_000),
                seconds,
                imagesPerSecond,
                seed == 0 ? 600 : 0)),
        List.of());
  }
}
