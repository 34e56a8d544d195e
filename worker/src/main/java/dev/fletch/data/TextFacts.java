package dev.fletch.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the texts of a data set are.
 *
 * @param vocabulary words with numbers, those for padding and for unknown words included
 * @param longest words of the longest text, before it was cut
 * @param meanLength words of a training text on average, after long ones were cut
 * @param cutTrain training texts that were cut to {@code data.max-length}
 * @param cutTest test texts that were cut
 * @param unknownTrain part of the words of the training texts that are unknown
 * @param unknownTest part of the words of the test texts that are unknown
 * @param withVector words that start from a vector of {@code data.embeddings}
 * @param vectorWidth numbers of such a vector; 0 without any
 */
public record TextFacts(
    int vocabulary,
    int longest,
    double meanLength,
    int cutTrain,
    int cutTest,
    double unknownTrain,
    double unknownTest,
    int withVector,
    int vectorWidth) {
  /** By name, for records of runs. */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("vocabulary", (double) vocabulary);
    figures.put("longest", (double) longest);
    figures.put("meanLength", meanLength);
    figures.put("cutTrain", (double) cutTrain);
    figures.put("cutTest", (double) cutTest);
    figures.put("unknownTrain", unknownTrain);
    figures.put("unknownTest", unknownTest);
    figures.put("withVector", (double) withVector);
    figures.put("vectorWidth", (double) vectorWidth);
    return figures;
  }

  /** In one line, for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "vocabulary of %,d, of which %,d have vectors; texts have %.1f words on average, the"
            + " longest has %,d; %.1f %% of the words in training and %.1f %% in test texts are"
            + " unknown",
        vocabulary,
        withVector,
        meanLength,
        longest,
        100 * unknownTrain,
        100 * unknownTest);
  }
}
