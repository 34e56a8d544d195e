package dev.fletch.data;

/**
 * What a data set is, as far as networks and estimates need to know.
 *
 * @param input what networks see of an example
 * @param classes number of values that a target can take
 * @param train examples in the training set, after any limit
 * @param weights those of {@code train} that train w in a search
 * @param alpha the rest of {@code train}
 * @param test examples in the test set, after any limit
 */
public record DataHeader(Input input, int classes, int train, int weights, int alpha, int test) {
  /**
   * How many training examples {@link DataSet#holdingOut} holds out.
   *
   * @param portion of the training set
   * @throws DataException if the portion is above 0 and either part would be empty
   */
  public int heldOut(double portion) {
    return ImageExamples.heldOut(portion, train);
  }
}
