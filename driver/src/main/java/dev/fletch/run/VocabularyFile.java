package dev.fletch.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.data.DataSet;
import dev.fletch.data.StreamExamples;
import dev.fletch.data.TextExamples;
import dev.fletch.data.text.NumberedWords;
import dev.fletch.data.text.StreamVocabulary;
import dev.fletch.data.text.Vocabulary;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The words that a run's networks know: {@code vocabulary.json} of a run on texts or streams of
 * words. Weights mean nothing without it: word i of {@code words} is number i to them.
 */
public final class VocabularyFile {
  public static final String NAME = "vocabulary.json";
  private static final FormatVersion VERSION = new FormatVersion(1);

  private VocabularyFile() {}

  /** Writes the vocabulary, if the examples have words. */
  static void write(RunFolder run, DataSet examples) {
    vocabulary(examples).ifPresent(vocabulary -> write(run, vocabulary));
  }

  private static void write(RunFolder run, NumberedWords vocabulary) {
    ObjectNode root = VERSION.start();
    ArrayNode words = root.putArray("words");
    vocabulary.words().forEach(words::add);
    ArrayNode counts = root.putArray("counts");
    vocabulary.counts().forEach(counts::add);
    run.writeText(NAME, root.toPrettyString() + "\n");
  }

  private static Optional<NumberedWords> vocabulary(DataSet examples) {
    if (examples instanceof StreamExamples streams) {
      return Optional.of(streams.vocabulary());
    }
    return examples instanceof TextExamples texts
        ? Optional.of(texts.vocabulary())
        : Optional.empty();
  }

  /**
   * Compares the vocabulary that the run has with that of its data.
   *
   * @param examples of any kind; images have no vocabulary
   * @throws RunFolderRefusedException if the run has none, or another one
   */
  public static void requireSame(RunFolder run, DataSet examples) {
    NumberedWords vocabulary = vocabulary(examples).orElse(null);
    if (vocabulary == null) {
      return;
    }
    if (!run.exists(NAME)) {
      throw new RunFolderRefusedException(
          "run folder %s: %s is missing, which says what number every word has: restore it from a copy of the folder"
              .formatted(run.path(), NAME));
    }
    NumberedWords before =
        vocabulary instanceof StreamVocabulary ? read(run, StreamVocabulary::new) : read(run);
    vocabulary
        .difference(before)
        .ifPresent(
            difference -> {
              throw new RunFolderRefusedException(
                  "run folder %s: %s is the vocabulary of another run than that of the data (%s): restore the file, or bring the old texts back"
                      .formatted(run.path(), NAME, difference));
            });
  }

  /**
   * The vocabulary of a run on texts.
   *
   * @throws RunFolderException if the file is missing or is none
   * @throws RunFolderRefusedException if a newer Fletch wrote it
   */
  static Vocabulary read(RunFolder run) {
    return read(run, Vocabulary::new);
  }

  private static <V> V read(RunFolder run, BiFunction<List<String>, List<Integer>, V> vocabulary) {
    String text = run.readText(NAME);
    try {
      JsonNode root = VERSION.read(text, run.path() + "/" + NAME);
      List<String> words = new ArrayList<>();
      root.path("words").forEach(word -> words.add(word.asText()));
      List<Integer> counts = new ArrayList<>();
      root.path("counts").forEach(count -> counts.add(count.asInt()));
      return vocabulary.apply(words, counts);
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          "run folder %s: %s is not readable (%s)"
              .formatted(run.path(), NAME, RunFolderException.reason(e)),
          e);
    }
  }
}
