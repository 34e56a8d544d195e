package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.CellPair;
import dev.fletch.gradient.Metrics;
import dev.fletch.runfolder.PerplexityMetric;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchResultTest {
  private static final CellPair GENOTYPE =
      CellPair.parse(
          "normal=[sep_conv_3x3:0,skip_connect:1] reduction=[max_pool_3x3:0,skip_connect:1]");

  @TempDir Path temporary;

  @Test
  void bestEpochIsTheEarlierOfEquals() {
    assertThat(result(0.5, 0.8, 0.7, 0.8).bestEpoch()).isEqualTo(1);
    assertThat(result(0.5).bestEpoch()).isZero();
    assertThat(result(Double.NaN, 0.3, 0.2).bestEpoch()).as("not what is no number").isOne();
    assertThat(result(0.5, 0.8, 0.9).lastEpoch()).isEqualTo(2);
  }

  @Test
  void aLineComesBackAsWrittenEvenWithoutAFiniteLoss() {
    EpochRecord record = record(0, 0.25, Double.NaN);
    assertThat(record.toJson()).contains("\"validationLoss\":null");
    assertThat(EpochRecord.fromJson(record.toJson())).isEqualTo(record);
  }

  @Test
  void bestIsWhatTheMetricOfTheRecordsSays() {
    List<EpochRecord> epochs =
        List.of(ofPerplexity(0, 2.5), ofPerplexity(1, 1.5), ofPerplexity(2, 3.5));

    assertThat(new SearchResult(epochs, "completed").bestEpoch()).isOne();
  }

  @Test
  void aLineNamesItsFieldsByTheMetric() {
    assertThat(ofPerplexity(0, 2.5).toJson())
        .startsWith("{\"epoch\":0,\"metric\":\"perplexity\",")
        .contains("\"discretisedPerplexity\":0.25,")
        .doesNotContain("ccuracy");
  }

  private static EpochRecord ofPerplexity(int epoch, double figure) {
    Watch watch = new Watch(0.25, 1.5, List.of(), List.of());
    return new EpochRecord(
        epoch, 1, new PerplexityMetric(), figure, figure, figure, figure, 2, GENOTYPE, 3, 4, watch);
  }

  @Test
  void aLineComesBackWithAllThatWasWatched() {
    Watch watch =
        new Watch(
            0.25,
            1.5,
            List.of(new Watch.TemperatureGap(0.5, 0.75, 0.5)),
            List.of(new Watch.LambdaResult(0.01, 0.5, 0.125, GENOTYPE)));
    EpochRecord record =
        new EpochRecord(0, 1, Metrics.DEFAULT, 0.5, 0.75, 1, 1, 2, GENOTYPE, 3, 4, watch);

    assertThat(record.toJson())
        .contains("\"discretisationGap\":0.5", "\"gap\":0.25", "\"lambda\":0.01");
    assertThat(EpochRecord.fromJson(record.toJson())).isEqualTo(record);
  }

  @Test
  void aLineOfAnOlderVersionHasNothingThatWasWatched() {
    String line = record(0, 0.25, 1).toJson();
    String older = line.replaceFirst("\"discretisedAccuracy\".*\"lambdas\":\\[],", "");

    assertThat(older).doesNotContain("lambdas").hasSizeLessThan(line.length());
    assertThat(EpochRecord.fromJson(older)).isEqualTo(record(0, 0.25, 1));
  }

  @Test
  void beforeCollapseIsTheEpochBeforeTheFirstThatCounts() {
    assertThat(collapsing(false, false, false).epochBeforeCollapse()).isEqualTo(2);
    assertThat(collapsing(false, false, true).epochBeforeCollapse()).isEqualTo(1);
    assertThat(collapsing(false, true, false, true).epochBeforeCollapse()).isZero();
    assertThat(collapsing(true, false).epochBeforeCollapse()).isZero();
  }

  @Test
  void whatTheSearchSaysOfItsEndCounts() {
    RunFolder run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
    run.writeLines(
        "search/epochs.jsonl",
        collapsing(false, false, true).epochs().stream().map(EpochRecord::toJson).toList());
    assertThat(SearchResult.read(run, 3).stopReason()).isEqualTo("completed");
    assertThat(SearchResult.read(run, 4).stopReason()).isEqualTo("interrupted");
    assertThat(SearchResult.read(run, 4).epochBeforeCollapse()).isEqualTo(1);

    run.writeText("search/result.json", ended("\"the eigenvalue grew\"", "0"));
    assertThat(SearchResult.read(run, 9).stopReason()).isEqualTo("the eigenvalue grew");
    assertThat(SearchResult.read(run, 9).epochBeforeCollapse()).isZero();

    run.writeText("search/result.json", ended("\"completed\"", "null"));
    assertThat(SearchResult.read(run, 3).epochBeforeCollapse()).isEqualTo(1);
  }

  @Test
  void aResultThatCannotBeIsNamed() {
    RunFolder run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
    run.writeLines("search/epochs.jsonl", List.of(record(0, 0.5, 1).toJson()));
    run.writeText("search/result.json", ended("\"completed\"", "3"));
    assertThatThrownBy(() -> SearchResult.read(run, 1))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("search/result.json: is no result of a search (beforeCollapse is")
        .hasMessageContaining("epoch 3, but the search has the epochs 0 to 0)");
    run.writeText("search/result.json", "{\"form");
    assertThatThrownBy(() -> SearchResult.read(run, 1))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("search/result.json: is no result of a search");
  }

  private static String ended(String reason, String beforeCollapse) {
    return "{\"formatVersion\":1,\"method\":\"darts\",\"order\":2,"
        + "\"stopReason\":%s,\"stopEpoch\":2,\"beforeCollapse\":%s}"
            .formatted(reason, beforeCollapse);
  }

  private static SearchResult collapsing(boolean... collapsed) {
    CellPair skips =
        CellPair.parse(
            "normal=[skip_connect:0,skip_connect:1] reduction=[max_pool_3x3:0,skip_connect:1]");
    List<EpochRecord> records = new ArrayList<>();
    for (boolean is : collapsed) {
      CellPair genotype = is ? skips : GENOTYPE;
      records.add(
          new EpochRecord(
              records.size(),
              1,
              Metrics.DEFAULT,
              0.5,
              0.5,
              1,
              1,
              2,
              genotype,
              3,
              4,
              Watch.NOTHING));
    }
    return SearchResult.of(records, collapsed.length, 0);
  }

  @Test
  void damagedLineIsNamed() {
    RunFolder run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
    assertThatThrownBy(() -> SearchResult.read(run, 2))
        .isInstanceOf(RunFolderException.class)
        .hasMessageEndingWith("has no search/epochs.jsonl: run the search first");
    run.writeLines("search/epochs.jsonl", List.of(record(0, 0.5, 1).toJson(), "{\"epoch\":1"));
    assertThatThrownBy(() -> SearchResult.read(run, 2))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("search/epochs.jsonl:2: is no record of an epoch");
    run.writeLines("search/epochs.jsonl", List.of(record(1, 0.5, 1).toJson()));
    assertThatThrownBy(() -> SearchResult.read(run, 2))
        .hasMessageContaining("it is epoch 1, expected 0");
  }

  private static SearchResult result(double... accuracies) {
    List<EpochRecord> records = new ArrayList<>();
    for (double accuracy : accuracies) {
      records.add(record(records.size(), accuracy, 1));
    }
    return SearchResult.of(records, accuracies.length, 0);
  }

  @Test
  void theBestEpochIsLookedForAmongThoseThatCompare() {
    List<EpochRecord> epochs = List.of(record(0, 0.9, 1), record(1, 0.5, 1), record(2, 0.6, 1));

    assertThat(new SearchResult(epochs, "completed").bestEpoch()).isZero();
    assertThat(new SearchResult(epochs, "completed", OptionalInt.empty(), 1).bestEpoch())
        .isEqualTo(2);
  }

  private static EpochRecord record(int epoch, double validationFigure, double validationLoss) {
    return new EpochRecord(
        epoch,
        1,
        Metrics.DEFAULT,
        0.5,
        validationFigure,
        1,
        validationLoss,
        2,
        GENOTYPE,
        3,
        4,
        Watch.NOTHING);
  }
}
