package dev.fletch.search;

import dev.fletch.supernet.SupernetSpace;

/** A search that is to be run, or was: what its results are read and reported with. */
public sealed interface PlannedSearch permits SearchPlan, PopulationPlan {
  SearchSection settings();

  /** What random genotypes are drawn from. */
  SupernetSpace supernet();

  long seed();

  /** Order of alpha's gradient, 1 or 2; 0 if there is no alpha. */
  int order();

  /** Weight of the sum of |alpha| in alpha's loss; 0 for none. */
  double alphaL1();

  /** Whether what is said of normal cells means something. */
  boolean hasNormalCells();

  /** The first epoch whose validation figure compares with the last one's. */
  int comparableFrom();
}
