package dev.fletch.data;

import dev.fletch.data.text.Lines;
import dev.fletch.data.text.Vocabulary;
import dev.fletch.data.text.WordVectors;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The file that {@code data.embeddings} names. */
final class EmbeddingFile {
  private static final int CHUNK = 1 << 16;

  private EmbeddingFile() {}

  /**
   * The vectors of the words in {@code vocabulary}; nothing if no file is named.
   *
   * @throws DataException if the file is missing, or lines of it are no words with as many numbers
   */
  static Optional<WordVectors> read(
      TextSettings settings, Vocabulary vocabulary, Configuration hadoop) {
    if (settings.embeddings().isBlank()) {
      return Optional.empty();
    }
    DataFile file = file(settings.embeddings(), hadoop);
    Failures failures = new Failures();
    try (DataInput in = file.open()) {
      WordVectors vectors =
          WordVectors.read(
              new Lines(() -> in.upTo(CHUNK)),
              vocabulary,
              (line, reason) -> failures.add(file, line, reason));
      in.skipRest(); // says whether a gzip stream broke off
      if (!failures.isEmpty()) {
        throw new BrokenExamplesException(BrokenExamplesException.Kind.ROWS, failures);
      }
      if (vectors.found() == 0) {
        throw new DataException(
            "Cannot use %s: it has a vector for none of the words of the training texts"
                .formatted(file));
      }
      return Optional.of(vectors);
    }
  }

  private static DataFile file(String name, Configuration hadoop) {
    try {
      return DataFolder.Stored.file(new Path(name), hadoop);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "Invalid file name '%s' in data.embeddings: %s".formatted(name, e.getMessage()), e);
    }
  }
}
