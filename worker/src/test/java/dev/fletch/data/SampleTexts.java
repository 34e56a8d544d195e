package dev.fletch.data;

import dev.fletch.data.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Small sets of texts in a folder of a test. */
final class SampleTexts {
  static final TextSettings SENTENCES =
      new TextSettings("sentence", "label", Tokenizer.SPACES, 5, 1, 0, "");

  private SampleTexts() {}

  static TextSettings with(TextSettings text, int maxLength, int minCount, int maxVocabulary) {
    return new TextSettings(
        text.textColumn(),
        text.labelColumn(),
        text.tokenizer(),
        maxLength,
        minCount,
        maxVocabulary,
        text.embeddings());
  }

  static DataSettings settings(TextFormat format, Path folder, TextSettings text) {
    return new DataSettings(format, folder.toString(), List.of(), List.of(), 0, 0, 0.5, text);
  }

  static void write(Path folder, String name, String content) {
    SampleFiles.write(folder, name, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A table between tabs of {@code count} sentences of 1 to 4 words, every other one positive; all
   * are different.
   */
  static String sentences(int count) {
    StringBuilder table = new StringBuilder("sentence\tlabel\n");
    for (int i = 0; i < count; i++) {
      table
          .append("w")
          .append(i)
          .append(" so".repeat(i % 4))
          .append("\t")
          .append(i % 2)
          .append("\n");
    }
    return table.toString();
  }
}
