package dev.fletch.data;

import java.util.List;

/**
 * What a data set is, as far as networks and estimates need to know.
 *
 * @param shape of what networks see
 * @param classes number of labels
 * @param train examples in the training set, after any limit
 * @param weights those of {@code train} that train w in a search
 * @param alpha the rest of {@code train}
 * @param test examples in the test set, after any limit
 * @param warnings what people should know before they use the data, a line each
 */
public record DataHeader(
    ImageShape shape,
    int classes,
    int train,
    int weights,
    int alpha,
    int test,
    List<String> warnings) {
  public DataHeader {
    warnings = List.copyOf(warnings);
  }

  /** Of data that nobody has to be warned of. */
  public DataHeader(ImageShape shape, int classes, int train, int weights, int alpha, int test) {
    this(shape, classes, train, weights, alpha, test, List.of());
  }
}
