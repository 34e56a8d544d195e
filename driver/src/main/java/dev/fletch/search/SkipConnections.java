package dev.fletch.search;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;

/** How many genes of each cell are skip connections; none where there are no cells. */
public record SkipConnections(int normal, int reduction) {
  public static SkipConnections of(Architecture genotype) {
    if (!(genotype instanceof CellPair cells)) {
      return new SkipConnections(0, 0);
    }
    return new SkipConnections(
        cells.normal().count(Operation.SKIP_CONNECT),
        cells.reduction().count(Operation.SKIP_CONNECT));
  }
}
