package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.genotype.Genotype;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchResultTest {
  @TempDir Path temporary;

  @Test
  void bestEpochIsTheEarlierOfEquals() {
    assertThat(result(0.5, 0.8, 0.7, 0.8).bestEpoch()).isEqualTo(1);
    assertThat(result(0.5).bestEpoch()).isZero();
    assertThat(result(0.5, 0.8, 0.9).lastEpoch()).isEqualTo(2);
  }

  @Test
  void aLineComesBackAsWrittenEvenWithoutAFiniteLoss() {
    EpochRecord record = record(0, 0.25, Double.NaN);
    assertThat(record.toJson()).contains("\"validationLoss\":null");
    assertThat(EpochRecord.fromJson(record.toJson())).isEqualTo(record);
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
    return SearchResult.of(records, accuracies.length);
  }

  private static EpochRecord record(int epoch, double validationAccuracy, double validationLoss) {
    Genotype genotype =
        Genotype.parse(
            "normal=[sep_conv_3x3:0,skip_connect:1] reduction=[max_pool_3x3:0,skip_connect:1]");
    return new EpochRecord(
        epoch, 1, 0.5, validationAccuracy, 1, validationLoss, 2, genotype, 3, 4, Watch.NOTHING);
  }
}
