package dev.fletch.export;

import dev.fletch.data.Batch;
import dev.fletch.data.DataSet;
import dev.fletch.data.Portion;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.dl4j.Dl4jModel;

/**
 * How far a DL4J model is from the network it was made of, on test examples.
 *
 * @param examples that were compared
 * @param largestDifference of a probability
 */
record ModelCheck(int examples, double largestDifference) {
  /** Rounding stays far below; a wrong layer goes far beyond. */
  private static final double TOLERANCE = 1e-4;

  /** Enough for a difference to show. */
  private static final int EXAMPLES = 32;

  /** Few at a time: attention among pixels takes much memory. */
  static final int BATCH = 4;

  /**
   * @param network built for at least {@link #BATCH} examples
   * @throws IllegalStateException if the two disagree: such a model must not get about
   */
  static ModelCheck of(
      Dl4jModel model,
      ArchitectureNetwork network,
      DataSet data,
      float[] weights,
      float[] statistics) {
    int examples = Math.min(EXAMPLES, data.size(Portion.TEST));
    double difference = 0;
    for (int from = 0; from < examples; from += BATCH) {
      Batch batch = data.evaluation(Portion.TEST, from, Math.min(from + BATCH, examples));
      float[] logits = network.logits(batch, weights, new float[0], statistics);
      difference = Math.max(difference, model.differenceFrom(logits, batch)); // NaN stays
    }
    if (!(difference <= TOLERANCE)) {
      throw new IllegalStateException(
          "the DL4J model and the trained network differ by %g in a probability, allowed is %g; nothing was written"
              .formatted(difference, TOLERANCE));
    }
    return new ModelCheck(examples, difference);
  }
}
