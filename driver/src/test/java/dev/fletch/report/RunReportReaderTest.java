package dev.fletch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.Leaderboard;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.RunReport.Run;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.SearchReport;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.report.page.Page;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.TrainingEpoch;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.MixingWeights;
import dev.fletch.search.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunReportReaderTest extends WrittenRun {
  @Test
  void readsAFinishedRun() throws IOException {
    writeSearch();
    write(
        "search/result.json",
        "{\"formatVersion\":1,\"method\":\"td-darts\",\"order\":2,\"bestEpoch\":1,"
            + "\"stopReason\":\"asked to\"}");
    write(
        "retrain/best/candidate.json",
        "{\"formatVersion\":1,\"id\":\"best\",\"origins\":[{\"label\":\"best-validation\","
            + "\"epoch\":1,\"lambda\":0.5}],"
            + GENOTYPE
            + "}");
    write(
        "retrain/best/seed-3/result.json",
        "{\"formatVersion\":1,\"candidate\":\"best\",\"seed\":3,\"status\":\"done\","
            + "\"settings\":\"d1\",\"failure\":null,\"testAccuracy\":0.8125,\"testLoss\":0.5,"
            + "\"parameters\":777,\"seconds\":12,\"epochs\":2}");
    write(
        "retrain/best/seed-3/metrics.jsonl",
        "{\"epoch\":0,\"learningRate\":0.25,\"trainLoss\":1.5,\"trainAccuracy\":0.5,"
            + "\"seconds\":5,\"imagesPerSecond\":100}\n"
            + "{\"epoch\":1,\"learningRate\":0.25,\"trainLoss\":null,\"trainAccuracy\":0.75,"
            + "\"seconds\":5,\"imagesPerSecond\":100}\n");
    write(
        "retrain/best/seed-4/result.json",
        "{\"formatVersion\":1,\"candidate\":\"best\",\"seed\":4,\"status\":\"failed\","
            + "\"settings\":\"d1\",\"failure\":\"no memory\",\"testAccuracy\":null,"
            + "\"testLoss\":null,\"parameters\":null,\"seconds\":null,\"epochs\":0}");

    RunReport report = read();

    assertThat(report.run()).isEqualTo(new Run("tiny", 7, "fletch run tiny.conf"));
    assertThat(report.environment())
        .containsExactly(
            Map.entry("started", "2026-01-02T03:04:05Z"),
            Map.entry("java", "17"),
            Map.entry("checksum train.gz", "abc"));
    SearchReport search = report.search();
    assertThat(List.of(search.method(), search.order(), search.seconds(), search.stopReason()))
        .isEqualTo(List.<Object>of("td-darts", 2, 4.0, "asked to"));
    assertThat(search.epochs()).containsExactly(epoch(0, 10, 0.5), epoch(1, 0.1, 0.75));
    assertThat(search.mixing())
        .containsExactly(
            new MixingWeights(
                0,
                10,
                List.of("none", "skip_connect"),
                List.of(List.of(0.25, 0.75), List.of(0.5, 0.5)),
                List.of(List.of(1.0, 0.0), List.of(0.0, 1.0))));
    assertThat(report.candidates())
        .containsExactly(
            new CandidateReport(
                new Candidate(
                    "best",
                    List.of(
                        new Origin("best-validation", OptionalInt.of(1), OptionalDouble.of(0.5))),
                    Samples.genotype()),
                List.of(
                    new TrainingReport(
                        new Outcome.Trained(
                            new TrainingResult(
                                "best",
                                3,
                                Metrics.DEFAULT,
                                0.8125,
                                0.5,
                                ConfusionMatrix.NONE,
                                TrainingResult.BestEpoch.NONE,
                                new TrainingResult.NetworkCost(777, 0),
                                12,
                                Double.NaN,
                                2)),
                        List.of(training(0, 1.5, 0.5), training(1, Double.NaN, 0.75))),
                    Samples.failed("best", 4, "no memory", List.of()))));
  }

  /** The run went on with other seeds and settings: what the first ones gave is not of them. */
  @Test
  void resultsOfOtherSettingsThanTheNewestAreNamedAndCountNowhere() throws IOException {
    writeSearch();
    ResultKeys now = ResultKeys.of(Map.of("retrain.epochs", "1"));
    write("retrain/settings.json", "{\"formatVersion\":1,\"settings\":{\"retrain.epochs\":\"1\"}}");
    write(
        "retrain/last/candidate.json",
        "{\"formatVersion\":1,\"id\":\"last\",\"origins\":[{\"label\":\"last\",\"epoch\":1,"
            + "\"lambda\":null}],"
            + GENOTYPE
            + "}");
    result("last", 0, 0.25, now.with("genotype", Samples.genotype().text()).with("seed", "0"));
    result("last", 1, 0.75, ResultKeys.of(Map.of("retrain.epochs", "600")));
    write(
        "retrain/dropped/candidate.json",
        "{\"formatVersion\":1,\"id\":\"dropped\",\"origins\":[{\"label\":\"dropped\",\"epoch\":null,"
            + "\"lambda\":null}],"
            + GENOTYPE
            + "}");
    result("dropped", 0, 1, ResultKeys.of(Map.of("retrain.epochs", "600")));

    RunReport report = read();

    CandidateReport dropped = report.candidates().get(0);
    assertThat(dropped.status()).isEqualTo("other settings");
    assertThat(dropped.testFigureMean()).isNaN();
    CandidateReport last = report.candidates().get(1);
    assertThat(last.status()).isEqualTo("done");
    assertThat(last.testFigureMean()).isEqualTo(0.25);
    assertThat(last.trainings().get(1).outcome().reason())
        .isEqualTo(
            "the newest retraining has other settings, or another network of that name: retrain it,"
                + " or delete retrain/last/seed-1");
    assertThat(Leaderboard.best(report.candidates())).contains(last);
    assertThat(Page.text(report, "tiny"))
        .contains("<b>last</b>, seed 1 <span class='status bad'>other settings</span>");
  }

  private void result(String candidate, int seed, double accuracy, ResultKeys settings)
      throws IOException {
    write(
        "retrain/" + candidate + "/seed-" + seed + "/result.json",
        "{\"formatVersion\":1,\"candidate\":\"%s\",\"seed\":%d,\"status\":\"done\",\"settings\":\"%s\",\"failure\":null,\"testAccuracy\":%s,\"testLoss\":0.5,\"parameters\":777,\"seconds\":12,\"epochs\":2}"
            .formatted(candidate, seed, settings.digest(), accuracy));
  }

  private static TrainingEpoch training(int epoch, double loss, double accuracy) {
    return new TrainingEpoch(
        epoch, 0.25, loss, Metrics.DEFAULT, accuracy, 5, 100, TrainingEpoch.Evaluated.NOTHING);
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
    EpochRecord epoch = read().search().epochs().get(0);
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
    assertThat(search.endedEarly()).isTrue();
  }

  @Test
  void theConfigurationSaysTheMethod() throws IOException {
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
            new Origin("best-validation", OptionalInt.of(1)),
            new Origin("last", OptionalInt.of(1)));
    assertThat(candidate.genotype()).isEqualTo(Samples.genotype());
    assertThat(candidate.trainings().get(0).outcome().status()).isEqualTo("not finished");
  }

  @Test
  void readsAFolderWithEpochsOnly() throws IOException {
    writeSearch();
    for (String file : List.of("manifest.json", "search/alpha/epoch-000.json")) {
      Files.delete(folder.resolve(file));
    }
    RunReport report = read();
    assertThat(report.environment()).isEmpty();
    assertThat(report.run().command()).isEmpty();
    assertThat(Page.text(report, "t"))
        .contains("Method td-darts, second order (unrolled); 2 epochs");
  }
}
