package dev.fletch.architecture;

import java.util.Optional;

/**
 * The rule of GDAS (Dong and Yang, 2019; D-X-Y/AutoDL-Projects, {@code search_model_gdas_nasnet.py}
 * and the other models of {@code xautodl/models/cell_searchs}): each node keeps the two strongest
 * of all its pairs of an edge and an operation other than {@link Operation#NONE}, the stronger
 * first. Both may be of one edge: the node then applies two operations to one input. Ties go to the
 * lower input, then to the operation named first.
 */
public record TopPairsDerivation() implements Derivation {
  @Override
  public boolean mayLeaveGenesOut() {
    return false;
  }

  @Override
  public Optional<String> withoutProducts() {
    return Optional.of(
        "both inputs of a node may be of one edge, and a product is one of two edges");
  }

  @Override
  public CellGenotype cell(CellMixing mixing) {
    return mixing.cell(
        node ->
            mixing.choices(node).stream()
                .sorted(CellMixing.STRONGEST_FIRST)
                .limit(mixing.kept())
                .toList());
  }
}
