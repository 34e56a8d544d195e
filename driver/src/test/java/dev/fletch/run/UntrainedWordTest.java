package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unknown word is trained where training texts have unknown words, or words are dropped. */
class UntrainedWordTest {
  @TempDir Path folder;

  @BeforeEach
  void writeTexts() throws IOException {
    Files.writeString(
        folder.resolve("train.tsv"),
        "sentence\tlabel\nso good\t1\nso bad\t0\nso good\t1\nso poor\t0\n");
  }

  private List<String> warnings(String test, String... settings) throws IOException {
    Path data =
        Files.writeString(
            folder.resolve(test.replace(' ', '-') + ".tsv"), "sentence\tlabel\n" + test + "\t1\n");
    RunConfig config =
        RunConfigLoader.load(
            "run.conf",
            "fletch { name = a, output = b, data { format = sst2, path = \"%s\", test = [\"%s\"] } }"
                .formatted(folder, data.getFileName()),
            List.of(settings));
    return ConfigCheck.warnings(config, new ConfigCheck(new Configuration()).header(config.data()));
  }

  @Test
  void itIsWarnedOfOneThatIsNot() throws IOException {
    assertThat(warnings("so very good indeed", "data.min-count=1"))
        .contains(
            "50.0 % of the words in test texts are unknown, but none in training texts, so that"
                + " the unknown word stays as it was drawn: raise data.min-count, now 1, or"
                + " retrain.word-dropout above 0");
  }

  @Test
  void nobodyIsWarnedOfOneThatIsTrainedOrNotMet() throws IOException {
    for (List<String> fine :
        List.of(
            warnings("so good", "data.min-count=1"),
            warnings("so very good", "data.min-count=2"),
            warnings("so very good", "data.min-count=1", "retrain.word-dropout=0.1"))) {
      assertThat(fine).noneMatch(warning -> warning.contains("unknown"));
    }
  }
}
