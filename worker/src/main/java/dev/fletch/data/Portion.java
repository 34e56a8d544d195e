package dev.fletch.data;

/**
 * A part of the data. Of a stream, w is trained on the whole training text in a search too, and
 * {@link #ALPHA} and {@link #VALIDATION} are the validation text.
 */
public enum Portion {
  /** The seeded part of the training set, of every class alike, that trains w in a search. */
  WEIGHTS,
  /** The rest of the training set: trains alpha, and its score is the search's validation score. */
  ALPHA,
  /** The whole training set, for retraining that holds nothing out. */
  TRAIN,
  /** The test set. Never seen by a search. */
  TEST,
  /** What {@link #VALIDATION} leaves of the training set, for retraining. */
  FIT,
  /** The part of the training set that retraining holds out; empty unless asked for. */
  VALIDATION
}
