package dev.fletch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.report.CandidateReport.Origin;
import dev.fletch.report.CandidateReport.Seed;
import dev.fletch.report.CandidateReport.TrainingEpoch;
import dev.fletch.report.RunReport.Run;
import dev.fletch.report.SearchReport.Alpha;
import dev.fletch.report.SearchReport.Epoch;
import dev.fletch.report.SearchReport.SkipConnections;
import dev.fletch.search.Watch;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportReaderTest {
  private static final String GENOTYPE =
      "\"genotype\":{\"normal\":\""
          + Samples.NORMAL
          + "\",\"reduction\":\""
          + Samples.REDUCTION
          + "\"}";

  @TempDir Path folder;

  @Test
  void readsAFinishedRun() throws IOException {
    writeSearch();
    write(
        "search/result.json",
        "{\"method\":\"other\",\"order\":1,\"seconds\":99.5,\"bestEpoch\":1,"
            + "\"stopReason\":\"asked to\"}");
    write(
        "retrain/best/candidate.json",
        "{\"id\":\"best\",\"origins\":[{\"label\":\"best-validation\","
            + "\"epoch\":1,\"lambda\":0.5}],"
            + GENOTYPE
            + "}");
    write(
        "retrain/best/seed-3/result.json",
        "{\"candidate\":\"best\",\"seed\":3,\"testAccuracy\":0.8125,"
            + "\"testLoss\":0.5,"
            + "\"parameters\":777,\"seconds\":12,\"status\":\"done\",\"failure\":null}");
    write(
        "retrain/best/seed-3/metrics.jsonl",
        "{\"epoch\":0,\"trainLoss\":1.5,\"trainAccuracy\":0.5}\n"
            + "{\"epoch\":1,\"trainLoss\":null,\"trainAccuracy\":0.75}\n");
    write(
        "retrain/best/seed-4/result.json",
        "{\"candidate\":\"best\",\"seed\":4,\"testAccuracy\":null,"
            + "\"testLoss\":null,\"parameters\":null,\"seconds\":null,\"status\":\"failed\","
            + "\"failure\":\"no memory\"}");

    RunReport report = read();

    assertThat(report.run()).isEqualTo(new Run("tiny", 7, "fletch run tiny.conf"));
    assertThat(report.environment())
        .containsExactly(
            Map.entry("started", "2026-01-02T03:04:05Z"),
            Map.entry("java", "17"),
            Map.entry("checksum train.gz", "abc"));
    SearchReport search = report.search();
    assertThat(List.of(search.method(), search.order(), search.seconds(), search.stopReason()))
        .isEqualTo(List.<Object>of("other", 1, 99.5, "asked to"));
    assertThat(search.epochs()).containsExactly(epoch(0, 10, 0.5), epoch(1, 0.1, 0.75));
    assertThat(search.alphas())
        .containsExactly(
            new Alpha(
                0,
                10,
                List.of("none", "skip_connect"),
                List.of(List.of(0.25, 0.75), List.of(0.5, 0.5)),
                List.of(List.of(1.0, 0.0), List.of(0.0, 1.0))));
    assertThat(report.candidates())
        .containsExactly(
            new CandidateReport(
                "best",
                List.of(new Origin("best-validation", OptionalInt.of(1), OptionalDouble.of(0.5))),
                Samples.genotype(),
                777,
                List.of(
                    new Seed(
                        3,
                        0.8125,
                        0.5,
                        12,
                        "done",
                        "",
                        List.of(
                            new TrainingEpoch(0, 1.5, 0.5),
                            new TrainingEpoch(1, Double.NaN, 0.75))),
                    new Seed(
                        4, Double.NaN, Double.NaN, Double.NaN, "failed", "no memory", List.of()))));
  }

  @Test
  void readsASearchWithoutRetraining() throws IOException {
    writeSearch();
    RunReport report = read();
    assertThat(report.candidates()).isEmpty();
    assertThat(report.search().method()).isEqualTo("td-darts");
    assertThat(report.search().order()).isEqualTo(2);
    assertThat(report.search().bestEpoch()).hasValue(1);
    assertThat(report.search().seconds()).isEqualTo(4);
    assertThat(report.search().stopReason()).isEqualTo("completed");
    Files.delete(folder.resolve("search/epochs.jsonl"));
    write("search/epochs.jsonl", line(0, 10, 0.5));
    assertThat(read().search().stopReason()).isEqualTo("interrupted");
  }

  @Test
  void readsWhatWasWatchedAndHowTheSearchEnded() throws IOException {
    writeSearch();
    write(
        "search/epochs.jsonl",
        line(0, 10, 0.5)
                .replace(
                    ",\"seconds\"",
                    ",\"discretisedAccuracy\":0.25,\"discretisationGap\":0.25,"
                        + "\"alphaEigenvalue\":1.5,\"temperatureGaps\":[{\"temperature\":2,"
                        + "\"accuracy\":0.5,\"discretisedAccuracy\":0.125,\"gap\":0.375}],"
                        + "\"lambdas\":[{\"lambda\":0.01,\"validationAccuracy\":0.5,"
                        + "\"complexity\":0.75,"
                        + GENOTYPE
                        + "}],\"seconds\"")
            + "\n"
            + collapsed(1)
            + "\n");
    Epoch epoch = read().search().epochs().get(0);
    assertThat(epoch.watch())
        .isEqualTo(
            new Watch(
                0.25,
                1.5,
                List.of(new Watch.TemperatureGap(2, 0.5, 0.125)),
                List.of(new Watch.LambdaResult(0.01, 0.5, 0.75, Samples.genotype()))));
    assertThat(epoch.discretisationGap()).isEqualTo(0.25);
    assertThat(read().search().beforeCollapse()).as("by its skip connections").hasValue(0);

    write(
        "search/result.json",
        "{\"formatVersion\":1,\"method\":\"darts\",\"order\":2,"
            + "\"stopReason\":\"too many skips\",\"stopEpoch\":1,\"beforeCollapse\":1}");
    SearchReport search = read().search();
    assertThat(search.beforeCollapse()).as("as the search says").hasValue(1);
    assertThat(search.stopReason()).isEqualTo("too many skips");
    assertThat(search.seconds()).as("of the epochs").isEqualTo(4);
    assertThat(search.bestEpoch()).as("of the epochs").hasValue(0);
    assertThat(search.stoppedEarly()).isTrue();
  }

  @Test
  void takesTheMethodFromTheConfigurationWhereNoResultSaysIt() throws IOException {
    writeSearch();
    String config = Files.readString(folder.resolve("config.conf"));
    write(
        "config.conf",
        config.replace("search {", "search { method.name = darts-l1, alpha-l1 = 0.25, "));
    assertThat(read().search().method()).isEqualTo("darts-l1");
    assertThat(read().search().alphaL1()).isEqualTo(0.25);
    assertThat(read().search().beforeCollapse()).isEmpty();
  }

  private static String collapsed(int epoch) {
    String skips = "skip_connect:0,skip_connect:1";
    return line(epoch, 1, 0.25)
        .replace(Samples.NORMAL, String.join("|", skips, skips, skips, skips));
  }

  @Test
  void findsGenotypeAndOriginsByTheLabelWithoutCandidateJson() throws IOException {
    writeSearch();
    Files.createDirectories(folder.resolve("retrain/best-validation/seed-0"));
    CandidateReport candidate = read().candidates().get(0);
    assertThat(candidate.origins())
        .containsExactly(
            new Origin("best-validation", OptionalInt.of(1), OptionalDouble.empty()),
            new Origin("last", OptionalInt.of(1), OptionalDouble.empty()));
    assertThat(candidate.genotype()).isEqualTo(Samples.genotype());
    assertThat(candidate.seeds().get(0).status()).isEqualTo("not finished");
  }

  @Test
  void readsAFolderWithEpochsOnly() throws IOException {
    write("search/epochs.jsonl", line(0, 1, 0.5));
    RunReport report = read();
    assertThat(report.run().name()).isEqualTo(folder.getFileName().toString());
    assertThat(report.environment()).isEmpty();
    assertThat(Page.text(report, "t")).contains("Method unknown");
  }

  @Test
  void namesFileAndLineOfBrokenJson() throws IOException {
    write("search/epochs.jsonl", line(0, 10, 0.5) + "\n{\"epoch\": 1, \"temper");
    assertThatThrownBy(this::read)
        .isInstanceOf(BrokenRunFileException.class)
        .hasMessageStartingWith("file:" + folder + "/search/epochs.jsonl:2: not valid JSON (")
        .hasMessageEndingWith("); restore the file or run this phase again")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void namesTheKeyThatIsMissingOrOfAnotherType() throws IOException {
    write("search/epochs.jsonl", line(0, 10, 0.5).replace("\"epoch\":0,", ""));
    assertThatThrownBy(this::read)
        .hasMessageEndingWith("epochs.jsonl:1: epoch must be a whole number, is missing");
    write("search/epochs.jsonl", line(0, 10, 0.5).replace(":10,", ":\"hot\","));
    assertThatThrownBy(this::read)
        .hasMessageEndingWith("epochs.jsonl:1: temperature must be a number, got \"hot\"");
    write("search/epochs.jsonl", line(0, 10, 0.5).replace("sep_conv_3x3:0", "sepconv:0"));
    assertThatThrownBy(this::read).hasMessageContaining("epochs.jsonl:1: genotype: ");
  }

  @Test
  void refusesAFolderThatHoldsNoSearch() {
    assertThatThrownBy(this::read)
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageEndingWith(
            "it has neither search/epochs.jsonl nor retrain; give the output folder of a run");
  }

  @Test
  void refusesRaggedAlphaAndUnknownCandidates() throws IOException {
    writeSearch();
    write(
        "search/alpha/epoch-001.json",
        "{\"epoch\":1,\"temperature\":1,\"operations\":[\"none\"],"
            + "\"normal\":[[0.5,0.5]],\"reduction\":[]}");
    assertThatThrownBy(this::read)
        .hasMessageEndingWith(
            "search/alpha/epoch-001.json: normal has a row of 2 numbers for 1 operation");
    Files.delete(folder.resolve("search/alpha/epoch-001.json"));
    Files.createDirectories(folder.resolve("retrain/epoch-44"));
    assertThatThrownBy(this::read)
        .hasMessageContaining(
            "retrain/epoch-44: has no candidate.json, and the search has no epoch");
  }

  private void writeSearch() throws IOException {
    write(
        "config.conf",
        """
        fletch {
          name = tiny
          seed = 7
          search { order = second, epochs = 2, temperature { schedule = linear } }
          retrain { candidates = [best-validation, last] }
        }
        """);
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

  private static String line(int epoch, double temperature, double validation) {
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

  private static Epoch epoch(int epoch, double temperature, double validation) {
    return new Epoch(
        epoch,
        temperature,
        0.5,
        validation,
        1.5,
        Double.NaN,
        2,
        new SkipConnections(2, 3),
        Samples.genotype(),
        2);
  }

  private RunReport read() throws IOException {
    return new RunReportReader(new org.apache.hadoop.fs.Path("file:" + folder), new Configuration())
        .read();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
