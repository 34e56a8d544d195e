package dev.fletch.search;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.settings.Plural;

/**
 * How many genes of each cell are skip connections; none where there are no cells. A recurrent cell
 * has identity functions instead, which count as those of a normal cell.
 */
public record SkipConnections(int normal, int reduction) {
  public static SkipConnections of(Architecture genotype) {
    if (genotype instanceof RecurrentCell cell) {
      return new SkipConnections(cell.identities(), 0);
    }
    return genotype instanceof CellPair cells
        ? new SkipConnections(cells.normal().skips(), cells.reduction().skips())
        : new SkipConnections(0, 0);
  }

  /** What they are called in such an architecture: {@code skip connections}. */
  public static String noun(Architecture genotype) {
    return singular(genotype) + "s";
  }

  private static String singular(Architecture genotype) {
    return genotype instanceof RecurrentCell ? "identity function" : "skip connection";
  }

  /** How many there are, for people: {@code 1 skip connection in the normal cell}. */
  public static String text(Architecture genotype) {
    return Plural.of(of(genotype).normal(), singular(genotype)) + " in the " + cell(genotype);
  }

  /** The cell that decides whether there are too many: {@code normal cell}. */
  public static String cell(Architecture genotype) {
    return genotype instanceof RecurrentCell ? "recurrent cell" : "normal cell";
  }
}
