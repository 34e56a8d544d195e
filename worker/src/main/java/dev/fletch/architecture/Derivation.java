package dev.fletch.architecture;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

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
   * @param reductionMixing those of the reduction cell, in the same order
   * @param operations the meaning of the columns; with or without NONE
   * @param nodes intermediate nodes of a cell
   * @throws IllegalArgumentException if the sizes disagree, a weight is NaN, or there is no
   *     operation besides NONE
   */
  default CellPair derive(
      float[][] normalMixing, float[][] reductionMixing, List<Operation> operations, int nodes) {
    return new CellPair(
        normal(CellMixing.of("normal", normalMixing, operations, nodes)),
        cell(CellMixing.of("reduction", reductionMixing, operations, nodes)));
  }

  /**
   * Of a space with one kind of cell, which the rule treats as it does normal cells.
   *
   * @param mixing {@code [edges, operations]}, as above
   * @throws IllegalArgumentException as above
   */
  default CellPair deriveOneKind(float[][] mixing, List<Operation> operations, int nodes) {
    return CellPair.ofOneKind(normal(CellMixing.of("only", mixing, operations, nodes)));
  }

  /**
   * Of a recurrent cell, each of whose nodes has one gene.
   *
   * @param mixing {@code [edges, operations]}, edges numbered node by node, then by state
   * @param operations the meaning of the columns: of {@link Operation#RECURRENT}
   * @throws IllegalArgumentException as above, or if the rule leaves a node without a gene
   */
  default RecurrentCell deriveRecurrent(float[][] mixing, List<Operation> operations, int nodes) {
    CellTopology topology = CellTopology.recurrent(nodes);
    CellGenotype cell = cell(CellMixing.of("recurrent", mixing, operations, topology));
    return new RecurrentCell(
        cell.nodes().stream().map(genes -> RecurrentCell.only(genes, this)).toList());
  }

  /** The cell that the rule makes of the mixing weights of one kind of cell. */
  CellGenotype cell(CellMixing mixing);

  /** The normal cell, where the rule treats it otherwise than the reduction cell. */
  default CellGenotype normal(CellMixing mixing) {
    return cell(mixing);
  }

  /** Why the rule is not for spaces with multiplied operations; empty if it is. */
  default Optional<String> withoutProducts() {
    return mayLeaveGenesOut()
        ? Optional.of("its genotypes may leave a node with one input, and a product takes two")
        : Optional.empty();
  }

  /**
   * Whether there are mixing weights for which a node gets fewer than two genes, perhaps none, so
   * that the network is smaller than one of DARTS.
   */
  boolean mayLeaveGenesOut();
}
