package dev.fletch.search;

import java.util.List;

/**
 * What is known of a generation beside the figures of its best genome.
 *
 * @param best id of the best genome
 * @param nodes of the best genome that lead from the input to the output
 * @param connections of the best genome that carry something
 * @param parameters number of weights of its network, as it was trained
 * @param genomes of the generation
 * @param networks different networks among them
 * @param trained networks that no earlier generation had: only these were trained
 * @param evaluations networks trained in all generations so far
 * @param meanFigure validation figure over all genomes that were scored; NaN if none was
 * @param species 0 where genomes do not compete within species
 * @param failures genomes without a score
 */
public record GenerationDetails(
    int best,
    int nodes,
    int connections,
    long parameters,
    int genomes,
    int networks,
    int trained,
    int evaluations,
    double meanFigure,
    int species,
    List<Failure> failures)
    implements EpochDetails {
  public GenerationDetails {
    failures = List.copyOf(failures);
  }

  /**
   * A genome that could not be trained, or diverged.
   *
   * @param genome its id
   * @param reason in one line
   */
  public record Failure(int genome, String reason) {}
}
