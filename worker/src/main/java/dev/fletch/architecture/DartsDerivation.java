package dev.fletch.architecture;

import dev.fletch.architecture.CellMixing.Choice;
import java.util.Arrays;
import java.util.List;

/**
 * The rule of DARTS (Liu et al., 2019, section 2.4; quark0/darts, {@code model_search.py}).
 *
 * <p>An edge is as strong as its largest mixing weight, {@link Operation#NONE} left aside. Each
 * node keeps its two strongest edges, the stronger first, each with its strongest operation other
 * than NONE. Ties go to the lower input and to the operation named first.
 *
 * <p>Ours: where a space has multiplied operations too, a node has such a pair of edges by those
 * that are added and another by those that are multiplied, and takes the pair whose weights are
 * larger in sum; ties go to addition. So both inputs of a node are joined in one way.
 */
public record DartsDerivation() implements Derivation {
  @Override
  public boolean mayLeaveGenesOut() {
    return false;
  }

  @Override
  public CellGenotype cell(CellMixing mixing) {
    return mixing.cell(
        node ->
            Arrays.stream(Aggregation.values())
                .map(aggregation -> pair(mixing, node, aggregation))
                .filter(pair -> !pair.isEmpty())
                .reduce((one, other) -> strength(other) > strength(one) ? other : one)
                .orElseThrow());
  }

  private static List<Choice> pair(CellMixing mixing, int node, Aggregation aggregation) {
    return mixing.edges(node, aggregation).stream().limit(mixing.kept()).toList();
  }

  private static double strength(List<Choice> pair) {
    return pair.stream().mapToDouble(Choice::weight).sum();
  }
}
