package dev.fletch.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.report.CandidateReport.Origin;
import dev.fletch.report.CandidateReport.Seed;
import dev.fletch.report.RunReport.Run;
import dev.fletch.report.SearchReport.Epoch;
import dev.fletch.report.SearchReport.SkipConnections;
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
    Seed seed =
        new Seed(
            0, 0.5, 1, 1, "done", "", List.of(), new SeedMetrics(large, 1, 1, 1, -1, Double.NaN));
    CandidateReport candidate =
        new CandidateReport("many", List.of(), Samples.genotype(), 1, List.of(seed));
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
    Epoch epoch =
        new Epoch(
            0,
            10,
            0.5,
            0.625,
            1.25,
            Double.NaN,
            2.0794,
            new SkipConnections(2, 3),
            Samples.genotype(),
            12.5,
            new Watch(
                0.5,
                1.5,
                List.of(new Watch.TemperatureGap(0.1, 0.625, 0.5625)),
                List.of(new Watch.LambdaResult(0.25, 0.5, 0.75, Samples.genotype()))));
    SearchReport search =
        new SearchReport(
            "td-darts",
            2,
            12.5,
            List.of(epoch),
            List.of(),
            OptionalInt.of(0),
            "completed",
            OptionalInt.of(0),
            0);
    CandidateReport trained =
        new CandidateReport(
            "best-validation",
            List.of(
                new Origin("best-validation", OptionalInt.of(0), OptionalDouble.empty()),
                new Origin("last", OptionalInt.of(0), OptionalDouble.of(0.25))),
            Samples.genotype(),
            56310,
            List.of(
                new Seed(0, 0.75, 0.5, 20, "done", "", List.of(), metrics()),
                new Seed(1, 0.875, 0.25, 21.5, "done", "", List.of())));
    CandidateReport failed =
        new CandidateReport(
            "epoch-0",
            List.of(new Origin("epoch-0", OptionalInt.of(0), OptionalDouble.empty())),
            Samples.genotype(),
            0,
            List.of(
                new Seed(
                    0, Double.NaN, Double.NaN, Double.NaN, "failed", "out of memory", List.of())));
    return new RunReport(
        new Run("golden", 7, "fletch run a.conf"),
        search,
        List.of(trained, failed),
        Map.of("java", "17.0.15"),
        new RetrainProtocol("darts-paper", 0.25));
  }

  private static SeedMetrics metrics() {
    ConfusionMatrix confusion = ConfusionMatrix.of(new long[][] {{3, 1}, {1, 3}});
    return new SeedMetrics(confusion, 4_000_000, 250.5, 600, 598, 0.875);
  }
}
