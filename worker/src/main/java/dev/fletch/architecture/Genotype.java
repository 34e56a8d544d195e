package dev.fletch.architecture;

import java.util.List;

/**
 * An architecture out of a space of cells, as a {@link Derivation} reads it off mixing weights: of
 * all edges that a cell could have, those that it keeps, each with one operation.
 */
public sealed interface Genotype extends Architecture permits CellPair, RecurrentCell {
  /** What its cells look like, and how their edges are numbered. */
  CellTopology topology();

  /**
   * The edges that a node keeps.
   *
   * @param kind of cell, as {@link #topology} counts them
   */
  List<Gene> genes(int kind, int node);
}
