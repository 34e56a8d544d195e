package dev.fletch.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.data.StreamSettings;
import dev.fletch.data.Windows;
import dev.fletch.data.WordsFormat;
import dev.fletch.gradient.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelTest {
  @Test
  void streamsOfWordsPoseIt(@TempDir Path folder) throws IOException {
    for (String text : List.of("train", "valid", "test")) {
      Files.writeString(folder.resolve(text + ".txt"), "a b c " + text);
    }
    StreamSettings stream =
        new StreamSettings(
            List.of(),
            0,
            StreamSettings.KnownWords.ALL,
            1,
            0,
            4,
            Windows.FIXED,
            Windows.FIXED,
            1,
            1);
    DataSettings data =
        new DataSettings(new WordsFormat(), folder.toString(), List.of(), List.of(), 0, 0, stream);
    Configuration hadoop = new Configuration();

    Task task = Task.of(DataSet.header(data, hadoop));
    assertThat(task).isEqualTo(new LanguageModel(7)); // a, b, c, <eos> and three more
    assertThat(Task.of(DataSet.open(data, AugmentationSettings.NONE, 0, hadoop))).isEqualTo(task);
    assertThat(task.metric()).isEqualTo(Metrics.PERPLEXITY);
    assertThatThrownBy(() -> new LanguageModel(1)).hasMessage("vocabulary must be >= 2, got 1");
  }
}
