package dev.fletch.engine;

/**
 * The factor of each row of a {@link NormalizedProduct}: where it lies, and its gradient with it.
 *
 * @param in which vector
 * @param at place of the first of them
 */
public record RowFactor(Where in, int at) {
  /** Where factors lie. */
  public enum Where {
    /** Nowhere: they are 1. */
    NOWHERE,
    /** In the mixing weights: one for all rows. */
    MIXING,
    /** In the flat weights: one for each row, batch norm's gamma. */
    WEIGHTS
  }

  /** No factor. */
  public static final RowFactor ONE = new RowFactor(Where.NOWHERE, 0);

  public static RowFactor ofMixing(int at) {
    return new RowFactor(Where.MIXING, at);
  }

  public static RowFactor ofWeights(int at) {
    return new RowFactor(Where.WEIGHTS, at);
  }
}
