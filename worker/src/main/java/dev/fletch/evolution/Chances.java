package dev.fletch.evolution;

import dev.fletch.data.SeededRandom;
import dev.fletch.data.SeededRandom.Purpose;

/** The random numbers of one generation, each a function of what they are for. */
record Chances(long seed, int generation) {
  private static final int PARENTS = 0;
  private static final int CROSSOVER = 1;
  private static final int REPRESENTATIVE = 2;

  /** Who a child's parents are and how they are mutated; or, in the first generation, its genes. */
  SeededRandom ofParents(int child) {
    return SeededRandom.of(Purpose.EVOLUTION, seed, generation, child, PARENTS);
  }

  SeededRandom ofCrossover(int child) {
    return SeededRandom.of(Purpose.EVOLUTION, seed, generation, child, CROSSOVER);
  }

  SeededRandom ofRepresentative(int species) {
    return SeededRandom.of(Purpose.EVOLUTION, seed, generation, species, REPRESENTATIVE);
  }
}
