package dev.fletch.data;

import java.util.List;

/**
 * What a data set is, as far as networks and estimates need to know.
 *
 * @param shape of what networks see
 * @param classNames in order of the labels
 * @param train examples in the training set, after any limit
 * @param weights those of {@code train} that train w in a search
 * @param alpha the rest of {@code train}
 * @param test examples in the test set, after any limit
 * @param warnings what people should know before they use the data, a line each
 */
public record DataHeader(
    ImageShape shape,
    List<String> classNames,
    int train,
    int weights,
    int alpha,
    int test,
    List<String> warnings) {
  public DataHeader {
    classNames = List.copyOf(classNames);
    warnings = List.copyOf(warnings);
  }

  /** Of data whose classes have numbers only, and of which nobody has to be warned. */
  public DataHeader(ImageShape shape, int classes, int train, int weights, int alpha, int test) {
    this(shape, LabelNames.numbers(classes), train, weights, alpha, test, List.of());
  }

  /** Number of labels. */
  public int classes() {
    return classNames.size();
  }
}
