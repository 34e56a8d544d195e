package dev.fletch.search;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.Genome;

/**
 * What a search does over and over, in words. Files and labels of candidates count both as epochs.
 */
public enum Round {
  /** Of a supernet's training. */
  EPOCH("epoch"),
  /** Of a population. */
  GENERATION("generation");

  private final String noun;

  Round(String noun) {
    this.noun = noun;
  }

  /** The kind of round that finds such architectures: genomes are grown by evolution alone. */
  public static Round of(Architecture found) {
    return found instanceof Genome ? GENERATION : EPOCH;
  }

  /** {@code epoch} or {@code generation}. */
  public String noun() {
    return noun;
  }

  /** For example {@code epoch 3}. */
  public String numbered(int number) {
    return noun + " " + number;
  }
}
