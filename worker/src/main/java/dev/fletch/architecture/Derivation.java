package dev.fletch.architecture;

import java.io.Serializable;
import java.util.List;

/**
 * A rule that turns mixing weights into a genotype.
 *
 * <p>The mixing weights must be those of the forward pass, not raw alphas: {@link Operation#NONE}
 * takes part in a softmax, so it changes which edges are strong. No rule ever chooses it.
 */
public sealed interface Derivation extends Serializable
    permits DartsDerivation, RestrictedSkipDerivation, ThresholdDerivation, TopPairsDerivation {
  /**
   * @param normalMixing {@code [edges, operations]}, edges numbered node by node, then by input
   * @param reductionMixing likewise
   * @param operations the meaning of the columns; with or without NONE
   * @param nodes intermediate nodes of a cell; node i has 2 + i edges
   * @throws IllegalArgumentException if the sizes disagree, a weight is NaN, or there is no
   *     operation besides NONE
   */
  Genotype derive(
      float[][] normalMixing, float[][] reductionMixing, List<Operation> operations, int nodes);

  /**
   * Whether there are mixing weights for which a node gets fewer than two genes, perhaps none, so
   * that the network is smaller than one of DARTS.
   */
  boolean mayLeaveGenesOut();
}
