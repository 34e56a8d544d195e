package dev.fletch.architecture;

import dev.fletch.settings.Checks;

/**
 * The rule of FairDARTS (Chu et al., 2020; xiaomi-automl/FairDARTS, {@code threshold_sparse}): that
 * of {@link DartsDerivation}, but what it chooses is kept only if its mixing weight reaches a
 * threshold. A node keeps none to two genes.
 *
 * <p>A node without any gene is isolated: it has no value, and is no part of the cell's output. A
 * gene that reads it carries nothing, so it is left out as well ({@link CellGenotype#connected}),
 * and a node that read nothing else is isolated too. That code leaves such genes out when it
 * computes a network.
 *
 * <p>With a threshold of 0.5 it also reads a path off one-hot mixing weights: an edge that has NONE
 * or that is not on the path gives no gene.
 *
 * @param threshold smallest mixing weight of a gene, 0 to 1; FairDARTS takes 0.85
 */
public record ThresholdDerivation(double threshold) implements Derivation {
  public ThresholdDerivation {
    new Checks().between("threshold", threshold, 0, 1).orThrow();
  }

  @Override
  public boolean mayLeaveGenesOut() {
    return true;
  }

  @Override
  public CellGenotype cell(CellMixing mixing) {
    // a weight of 0.9f is a little less than 0.9, but shall reach it
    float least = (float) threshold;
    return mixing
        .cell(
            node ->
                mixing.edges(node).stream()
                    .limit(mixing.kept())
                    .filter(choice -> choice.weight() >= least)
                    .toList())
        .connected();
  }
}
