package dev.fletch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Runs on running text that take seconds: lines of a small grammar, and recurrent cells of three
 * nodes.
 */
final class TinyWords {
  /** A line takes a word of each, in this order; adjectives may be missing. */
  private static final List<List<String>> GRAMMAR =
      List.of(
          List.of("the", "a", "one", "every"),
          List.of("old", "grey", "quick", "", "", ""),
          List.of("cat", "dog", "hen", "fox", "owl", "cow", "goat"),
          List.of("sees", "hears", "likes", "fears", "follows", "finds"),
          List.of("the", "a", "no", "this"),
          List.of("bird", "mouse", "horse", "bee", "frog", "sheep", "wolf"));

  private TinyWords() {}

  /** Writes {@code train.txt}, {@code valid.txt} and {@code test.txt}. */
  static Path write(Path folder) throws IOException {
    return write(folder, 1);
  }

  /**
   * @param seed other texts of the same language for another one
   */
  static Path write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("train.txt"), lines(90, 3 * seed));
    Files.writeString(folder.resolve("valid.txt"), lines(40, 3 * seed + 1));
    Files.writeString(folder.resolve("test.txt"), lines(30, 3 * seed + 2));
    return folder;
  }

  private static String lines(int count, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      for (List<String> words : GRAMMAR) {
        String word = words.get(random.nextInt(words.size()));
        text.append(word).append(word.isEmpty() ? "" : " ");
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Writes {@code folder/words.conf}, a run on the texts in {@code data}.
   *
   * @param more HOCON inside {@code fletch { }}
   */
  static Path conf(Path folder, Path data, Object output, String more) throws IOException {
    return Files.writeString(folder.resolve("words.conf"), text(data, output, more));
  }

  /** With what a recurrent network remembers across epochs, so that all of it must be kept. */
  static String text(Path data, Object output, String more) {
    return """
fletch {
  name = words
  output = "%s"
  data { format = words, path = "%s", bptt = 6, evaluation-rows = 3, test-rows = 2 }
  space.nodes = 3
  supernet { size = 8, dropout { input = 0.2, hidden = 0.1, output = 0.2 } }
  search {
    epochs = 3, batch = 3, replicas = 2, order = second, epoch-start = carried
    watch.eigenvalue-iterations = 1
  }
  retrain {
    candidates = [last], seeds = [0], epochs = 3, batch = 3, replicas = 2, epoch-start = carried
    size = 8, dropout { input = 0.2, hidden = 0.1, output = 0.2 }
  }
%s
}
"""
        .formatted(output, data, more);
  }
}
