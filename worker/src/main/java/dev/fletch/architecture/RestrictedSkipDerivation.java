package dev.fletch.architecture;

import dev.fletch.architecture.CellMixing.Choice;
import dev.fletch.settings.Checks;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rule of P-DARTS (Chen et al., 2019, section 3.3; chenxin061/pdarts, {@code train_search.py}):
 * that of {@link DartsDerivation}, which lets node 0 keep both the edges it has; then, as long as
 * the normal cell has more skip connections than it may, the weight of the weakest of them is set
 * to 0 and the cell is derived anew. Among equals the one of the lower edge goes first.
 *
 * <p>A weight of 0 means that the operation was taken from the edge, here or by the search, so it
 * is never chosen; an edge that has nothing left is left out. Where that isolates a node, what
 * reads it is left out as well ({@link CellGenotype#connected}).
 *
 * @param skips skip connections that the normal cell may have; the authors advise 2
 */
public record RestrictedSkipDerivation(int skips) implements Derivation {
  public RestrictedSkipDerivation {
    new Checks().atLeast("skips", skips, 0).orThrow();
  }

  @Override
  public CellGenotype normal(CellMixing mixing) {
    CellMixing normal = mixing;
    while (cell(normal).skips() > skips) {
      normal = normal.without(weakestSkip(normal));
    }
    return cell(normal);
  }

  @Override
  public boolean mayLeaveGenesOut() {
    return true;
  }

  @Override
  public CellGenotype cell(CellMixing mixing) {
    return mixing.cell(node -> kept(mixing, node).toList()).connected();
  }

  private static Stream<Choice> kept(CellMixing mixing, int node) {
    return mixing.edges(node).stream().filter(choice -> choice.weight() > 0).limit(mixing.kept());
  }

  /** There is one: only more than none are ever too many. */
  private static Choice weakestSkip(CellMixing mixing) {
    return IntStream.range(0, mixing.nodes())
        .boxed()
        .flatMap(node -> kept(mixing, node))
        .filter(choice -> choice.gene().operation().isSkip())
        .min(Comparator.comparingDouble(Choice::weight).thenComparingInt(Choice::edge))
        .orElseThrow();
  }
}
