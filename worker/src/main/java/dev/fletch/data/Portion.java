package dev.fletch.data;

/** A part of the data. */
public enum Portion {
  /** The seeded part of the training set that trains w in a search. */
  WEIGHTS,
  /**
   * The rest of the training set: trains alpha, and its accuracy is the search's validation
   * accuracy.
   */
  ALPHA,
  /** The whole training set, for retraining. */
  TRAIN,
  /** The test set. Never seen by a search. */
  TEST
}
