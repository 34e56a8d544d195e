package dev.fletch.report;

import dev.fletch.data.LabelNames;
import dev.fletch.gradient.ConfusionMatrix;
import java.util.List;

/**
 * What was measured of one training besides accuracy and loss. Results of older versions lack it.
 *
 * @param confusion on the test set; its macro averages count 0 for what is undefined
 * @param classNames of {@code confusion}, in order of the labels
 * @param multiplyAdds of the network for one image; 0 when unknown
 * @param imagesPerSecond while training; NaN when unknown
 * @param epochs that were trained; 0 when unknown
 * @param bestTestEpoch the epoch with the best test accuracy; -1 if tests came at the end only
 * @param bestTestAccuracy of that epoch; NaN likewise
 */
public record SeedMetrics(
    ConfusionMatrix confusion,
    List<String> classNames,
    long multiplyAdds,
    double imagesPerSecond,
    int epochs,
    int bestTestEpoch,
    double bestTestAccuracy) {
  public static final SeedMetrics UNKNOWN =
      new SeedMetrics(ConfusionMatrix.NONE, 0, Double.NaN, 0, -1, Double.NaN);

  public SeedMetrics {
    classNames = List.copyOf(classNames);
  }

  /** Of classes without names. */
  public SeedMetrics(
      ConfusionMatrix confusion,
      long multiplyAdds,
      double imagesPerSecond,
      int epochs,
      int bestTestEpoch,
      double bestTestAccuracy) {
    this(
        confusion,
        LabelNames.numbers(confusion.classes()),
        multiplyAdds,
        imagesPerSecond,
        epochs,
        bestTestEpoch,
        bestTestAccuracy);
  }
}
