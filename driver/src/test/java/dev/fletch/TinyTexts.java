package dev.fletch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs on texts that take seconds: short sentences of which one word says whether they praise. */
final class TinyTexts {
  static final int TRAIN = 60;
  static final int TEST = 24;

  private static final List<List<String>> VERDICTS =
      List.of(List.of("dull", "bad", "tedious"), List.of("good", "moving", "fine"));
  private static final List<String> OTHERS =
      List.of("a", "film", "the", "plot", "is", "of", "actors", ",", "and", "its", "music");

  private TinyTexts() {}

  /** Writes {@code train.tsv} and {@code test.tsv} in the layout of SST-2. */
  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("train.tsv"), rows(TRAIN, 1));
    Files.write(folder.resolve("test.tsv"), rows(TEST, 2));
    return folder;
  }

  private static List<String> rows(int count, long seed) {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>(List.of("sentence\tlabel"));
    for (int i = 0; i < count; i++) {
      int label = i % 2;
      List<String> words = new ArrayList<>();
      for (int length = random.nextInt(6); words.size() < length; ) {
        words.add(OTHERS.get(random.nextInt(OTHERS.size())));
      }
      List<String> verdicts = VERDICTS.get(label);
      words.add(random.nextInt(words.size() + 1), verdicts.get(random.nextInt(verdicts.size())));
      rows.add(String.join(" ", words) + "\t" + label);
    }
    return rows;
  }

  /**
   * Writes {@code folder/texts.conf}, a run on the texts in {@code data}.
   *
   * @param more HOCON inside {@code fletch { }}
   */
  static Path conf(Path folder, Path data, Object output, String more) throws IOException {
    return Files.writeString(folder.resolve("texts.conf"), text(data, output, more));
  }

  static String text(Path data, Object output, String more) {
    return """
fletch {
  name = texts
  output = "%s"
  data { format = sst2, path = "%s", min-count = 1 }
  space {
    nodes = 2
    operations = [none, identity, "sep_conv_3+relu", dil_conv_3, avg_pool_3, max_pool_3, attention]
  }
  supernet { init-channels = 8, layers = 3, stem-multiplier = 1, embedding-dropout = 0.2 }
  search { epochs = 3, batch = 8, replicas = 2 }
  retrain {
    candidates = [epoch-0, last], seeds = [0], epochs = 2, batch = 16
    init-channels = 8, layers = 3, stem-multiplier = 1
    embedding-width = 6, embedding-dropout = 0.1, dropout = 0.3
  }
%s
}
"""
        .formatted(output, data, more);
  }
}
