package dev.fletch.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the texts of a data set of streams are. Ends of lines count as words.
 *
 * @param vocabulary different words that are known, those for ends of lines and unknown ones
 *     included
 * @param train words of the training text
 * @param valid words of the validation text
 * @param test words of the test text
 * @param unknownTrain part of the words of the training text that are unknown
 * @param unknownValid part of the words of the validation text that are unknown
 * @param unknownTest part of the words of the test text that are unknown
 * @param retrainWindow words of a row that a step of a training from scratch reads at most
 */
public record StreamFacts(
    int vocabulary,
    int train,
    int valid,
    int test,
    double unknownTrain,
    double unknownValid,
    double unknownTest,
    int retrainWindow) {
  /** By name, for records of runs. */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("vocabulary", (double) vocabulary);
    figures.put("train", (double) train);
    figures.put("valid", (double) valid);
    figures.put("test", (double) test);
    figures.put("unknownTrain", unknownTrain);
    figures.put("unknownValid", unknownValid);
    figures.put("unknownTest", unknownTest);
    return figures;
  }

  /** In one line, for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "vocabulary of %,d; %.1f %% of the words in the training, %.1f %% in the validation and"
            + " %.1f %% in the test text are unknown",
        vocabulary,
        100 * unknownTrain,
        100 * unknownValid,
        100 * unknownTest);
  }

  /**
   * How epochs on the training text are divided into steps.
   *
   * @param portion of the training text: that of a search or of a training from scratch
   * @param rows of all replicas
   * @param seed of the run or of the training
   */
  public Pace pace(StreamSettings settings, Portion portion, int rows, long seed) {
    int targets = Math.max(0, train / rows - 1);
    return new StreamPace(settings.windows(portion), settings.bptt(), seed, targets);
  }

  /**
   * Refuses to cut the training text into more rows than it has words for.
   *
   * @param key that decides how many rows there are, for the message
   * @param replicas that read {@code batch} rows each
   */
  public void requireTrainRows(String key, int batch, int replicas) {
    requireRows("training", train, key, batch, replicas);
  }

  /**
   * The same of the validation text, which is read in as many rows by a search.
   *
   * @param key that decides how many rows there are, for the message
   * @param replicas that read {@code batch} rows each
   */
  public void requireValidRows(String key, int batch, int replicas) {
    requireRows("validation", valid, key, batch, replicas);
  }

  /**
   * @throws DataException unless each of the rows has a word, and one behind it
   */
  static void requireRows(String text, int words, String key, int batch, int replicas) {
    long rows = (long) batch * replicas;
    if (words / rows < StreamRows.SHORTEST) {
      throw new DataException(
          "%s = %d%s cuts the %s text into %d rows, but it has %d words: each row must have 2 or more, so set it to at most %d"
              .formatted(
                  key,
                  batch,
                  replicas == 1 ? "" : " on " + replicas + " replicas",
                  text,
                  rows,
                  words,
                  words / StreamRows.SHORTEST / replicas));
    }
  }
}
