package dev.fletch.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Operation;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.data.Sst2Format;
import dev.fletch.data.TextExamples;
import dev.fletch.data.TextSettings;
import dev.fletch.data.text.Tokenizer;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.Embedding;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.supernet.Supernet;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks begin with the vectors that the data names, and with random ones for other words. */
class StartVectorsTest {
  private static final int WIDTH = 3;
  private static final String TEXTS = "sentence\tlabel\ngood film\t1\nbad film\t0\n";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("train.tsv"), TEXTS + "good\t1\nbad\t0\n");
    Files.writeString(folder.resolve("test.tsv"), TEXTS);
    Files.writeString(folder.resolve("vectors.txt"), "good 1 2 3\nnever 9 9 9\nbad -1 0.5 2\n");
  }

  private TextExamples examples(String embeddings) {
    TextSettings text =
        new TextSettings("sentence", "label", Tokenizer.SPACES, 5, 1, 0, embeddings);
    DataSettings data =
        new DataSettings(
            new Sst2Format(), folder.toString(), List.of(), List.of(), 0, 0, 0.5, text);
    return (TextExamples) DataSet.open(data, AugmentationSettings.NONE, 0, new Configuration());
  }

  private static Supernet network(TextExamples examples) {
    SupernetSettings settings =
        new SupernetSettings(
            4,
            1,
            1,
            1,
            List.of(Operation.NONE, new Operation("sep_conv_3")),
            List.of(),
            2,
            List.of(),
            new EmbeddingSettings(WIDTH, 0, 0));
    return new Supernet(settings, examples.input(), Task.of(examples), 2, 1);
  }

  @Test
  void aTrainingBeginsWithTheVectorsOfTheFile() {
    TextExamples examples = examples(folder.resolve("vectors.txt").toString());
    Supernet network = network(examples);
    float[] random = network.initialWeights(4);
    WeightSlot table =
        network.weightSlots().stream()
            .filter(slot -> slot.name().equals(Embedding.STEM_WEIGHT))
            .findFirst()
            .orElseThrow();
    try (LocalGradientSource source = new LocalGradientSource(network, examples, 2, 1, 0)) {
      float[] start = source.initialWeights(4);

      assertThat(row(start, table, examples, "good")).containsExactly(1, 2, 3);
      assertThat(row(start, table, examples, "bad")).containsExactly(-1, 0.5f, 2);
      for (String word : List.of("good", "bad")) {
        int at = offset(table, examples, word);
        System.arraycopy(random, at, start, at, WIDTH);
      }
      assertThat(start).as("but for them").isEqualTo(random);
    }
  }

  @Test
  void withoutAFileAllIsRandom() {
    TextExamples examples = examples("");
    Supernet network = network(examples);
    float[] random = network.initialWeights(4);
    try (LocalGradientSource source = new LocalGradientSource(network, examples, 1, 2, 0)) {
      assertThat(source.initialWeights(4)).isEqualTo(random);
    }
  }

  private static int offset(WeightSlot table, TextExamples examples, String word) {
    return table.offset() + examples.vocabulary().number(word) * WIDTH;
  }

  private static float[] row(
      float[] weights, WeightSlot table, TextExamples examples, String word) {
    int at = offset(table, examples, word);
    return Arrays.copyOfRange(weights, at, at + WIDTH);
  }
}
