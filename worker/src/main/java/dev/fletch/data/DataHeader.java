package dev.fletch.data;

import java.util.List;
import java.util.Optional;

/**
 * What a data set is, as far as networks and estimates need to know.
 *
 * @param input what networks see of an example; of streams, those of a search
 * @param classNames in order of the labels; empty for streams
 * @param train examples in the training set, after any limit; of streams, words
 * @param weights those of {@code train} that train w in a search
 * @param alpha those that train alpha; together they are all, or as many as a search may see. Of
 *     streams, the words of the validation text
 * @param test examples in the test set, after any limit; of streams, words
 * @param texts what the texts are, where the examples are texts
 * @param streams what the texts are, where the data are streams of words
 * @param warnings what people should know before they use the data, a line each
 */
public record DataHeader(
    Input input,
    List<String> classNames,
    int train,
    int weights,
    int alpha,
    int test,
    Optional<TextFacts> texts,
    Optional<StreamFacts> streams,
    List<String> warnings) {
  public DataHeader {
    classNames = List.copyOf(classNames);
    warnings = List.copyOf(warnings);
  }

  /** Of data that are no texts. */
  public DataHeader(
      Input input,
      List<String> classNames,
      int train,
      int weights,
      int alpha,
      int test,
      List<String> warnings) {
    this(
        input,
        classNames,
        train,
        weights,
        alpha,
        test,
        Optional.empty(),
        Optional.empty(),
        warnings);
  }

  /** Of data whose classes have numbers only, and of which nobody has to be warned. */
  public DataHeader(Input input, int classes, int train, int weights, int alpha, int test) {
    this(input, LabelNames.numbers(classes), train, weights, alpha, test, List.of());
  }

  /** What networks that are trained from scratch see of an example. */
  public Input retrainInput() {
    return streams.isPresent() && input instanceof StreamShape shape
        ? new StreamShape(shape.vocabulary(), streams.get().retrainWindow())
        : input;
  }

  /**
   * How many training examples {@link DataSet#holdingOut} holds out.
   *
   * @param portion of the training set
   * @throws DataException if the portion is above 0 and either part would be empty, or the data are
   *     streams
   */
  public int heldOut(double portion) {
    if (streams.isPresent()) {
      StreamExamples.requireNothingHeldOut(portion);
    }
    return TrainingShares.heldOut(portion, train);
  }

  /** Number of labels; 0 for streams. */
  public int classes() {
    return classNames.size();
  }
}
