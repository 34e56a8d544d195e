package dev.fletch.search;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;

/** How many genes of each cell are skip connections. */
public record SkipConnections(int normal, int reduction) {
  public static SkipConnections of(Architecture genotype) {
    CellPair cells = CellPair.of(genotype);
    return new SkipConnections(cells.normal().skips(), cells.reduction().skips());
  }
}
