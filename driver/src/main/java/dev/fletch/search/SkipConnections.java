package dev.fletch.search;

import dev.fletch.architecture.CellPair;

/** How many genes of each cell are skip connections. */
public record SkipConnections(int normal, int reduction) {
  public static SkipConnections of(CellPair genotype) {
    return new SkipConnections(
        EpochRecord.skipConnections(genotype.normal()),
        EpochRecord.skipConnections(genotype.reduction()));
  }
}
