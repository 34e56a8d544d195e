package dev.fletch.search;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genotype;
import dev.fletch.architecture.RecurrentCell;
import java.util.List;
import java.util.OptionalInt;

/**
 * The known failure of differentiable search: skip connections take over the normal cell (Zela et
 * al., 2020, arXiv:1909.09656). A genotype counts as collapsed when they are more than half of that
 * cell's genes, and a recurrent cell when more than half of its functions are the identity, so that
 * it is hardly more than linear; the latter is ours. Genomes have no cells and never do.
 */
public final class Collapse {
  private Collapse() {}

  public static boolean is(Architecture genotype) {
    return genotype instanceof Genotype
        && 2 * SkipConnections.of(genotype).normal() > genes(genotype);
  }

  /** How many genes the normal cell has, or the recurrent one. */
  public static int genes(Architecture genotype) {
    if (genotype instanceof RecurrentCell cell) {
      return cell.nodes().size();
    }
    return CellPair.of(genotype).normal().nodes().stream().mapToInt(List::size).sum();
  }

  /**
   * The epoch before the first collapsed one that trained alpha; an epoch of a warm-up says nothing
   * of the search. Empty if there is none.
   */
  static OptionalInt before(List<EpochRecord> epochs) {
    // records of older versions do not say what trained alpha
    boolean known = epochs.stream().anyMatch(e -> e.watch().isAlphaTrained());
    return epochs.stream()
        .filter(e -> e.isCollapsed() && (e.watch().isAlphaTrained() || !known))
        .mapToInt(e -> Math.max(0, e.epoch() - 1))
        .findFirst();
  }

  /** The first of the epochs that are collapsed without a break up to the last; empty if none. */
  public static OptionalInt since(List<EpochRecord> epochs) {
    int from = epochs.size();
    while (from > 0 && epochs.get(from - 1).isCollapsed()) {
      from--;
    }
    return from < epochs.size() ? OptionalInt.of(epochs.get(from).epoch()) : OptionalInt.empty();
  }
}
