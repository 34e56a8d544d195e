package dev.fletch.architecture;

/**
 * The rule of DARTS (Liu et al., 2019, section 2.4; quark0/darts, {@code model_search.py}).
 *
 * <p>An edge is as strong as its largest mixing weight, {@link Operation#NONE} left aside. Each
 * node keeps its two strongest edges, the stronger first, each with its strongest operation other
 * than NONE. Ties go to the lower input and to the operation named first.
 */
public record DartsDerivation() implements Derivation {
  @Override
  public boolean mayLeaveGenesOut() {
    return false;
  }

  @Override
  public CellGenotype cell(CellMixing mixing) {
    return mixing.cell(node -> mixing.edges(node).stream().limit(mixing.kept()).toList());
  }
}
