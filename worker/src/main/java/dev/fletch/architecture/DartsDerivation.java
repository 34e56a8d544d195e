package dev.fletch.architecture;

import java.util.List;

/**
 * The rule of DARTS (Liu et al., 2019, section 2.4; quark0/darts, {@code model_search.py}).
 *
 * <p>An edge is as strong as its largest mixing weight, {@link Operation#NONE} left aside. Each
 * node keeps its two strongest edges, the stronger first, each with its strongest operation other
 * than NONE. Ties go to the lower input and to the operation named first.
 */
public record DartsDerivation() implements Derivation {
  /** Edges that a node keeps. */
  static final int EDGES_KEPT = 2;

  @Override
  public Genotype derive(
      float[][] normalMixing, float[][] reductionMixing, List<Operation> operations, int nodes) {
    return new Genotype(
        cell(CellMixing.normal(normalMixing, operations, nodes)),
        cell(CellMixing.reduction(reductionMixing, operations, nodes)));
  }

  @Override
  public boolean mayLeaveGenesOut() {
    return false;
  }

  private static CellGenotype cell(CellMixing mixing) {
    return mixing.cell(node -> mixing.edges(node).stream().limit(EDGES_KEPT).toList());
  }
}
