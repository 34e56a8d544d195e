package dev.fletch.evolution;

/** How likely each genome is to become a parent. */
public enum SelectionRule {
  /** In proportion to its fitness; where some are negative, to how far it is from the lowest. */
  FITNESS,
  /** In proportion to its rank: that of n genomes the best has n, the worst 1. */
  RANK,
  /** The n-th best of some that are drawn at random, with probability p (1 - p)^(n - 1). */
  TOURNAMENT
}
