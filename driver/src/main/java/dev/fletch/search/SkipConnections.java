package dev.fletch.search;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;

/** How many genes of each cell are skip connections; none where there are no cells. */
public record SkipConnections(int normal, int reduction) {
  public static SkipConnections of(Architecture genotype) {
    return genotype instanceof CellPair cells
        ? new SkipConnections(cells.normal().skips(), cells.reduction().skips())
        : new SkipConnections(0, 0);
  }
}
