package dev.fletch.report.model;

/**
 * What a generation took.
 *
 * @param evaluations networks that were trained for it; genomes of the same network count once, and
 *     those that an earlier generation had do not
 * @param seconds wall time; NaN if unknown
 */
public record GenerationCost(int evaluations, double seconds) {
  public GenerationCost {
    if (evaluations < 0) {
      throw new IllegalArgumentException(
          "Invalid cost of a generation: %d evaluations; there must be >= 0"
              .formatted(evaluations));
    }
  }
}
