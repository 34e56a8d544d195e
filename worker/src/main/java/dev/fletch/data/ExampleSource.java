package dev.fletch.data;

import java.util.List;

/**
 * Decoded examples and the seeded order in which they are seen. Everything is a function of (seed,
 * epoch, step, replica, example): never of threads or time. Safe for concurrent readers.
 */
public interface ExampleSource {
  /** What a network sees of one example. */
  Input input();

  /** Number of values that a target can take. */
  int classes();

  /** What the classes are called, in order of their labels. */
  default List<String> classNames() {
    return LabelNames.numbers(classes());
  }

  /**
   * The vectors of words that a network begins with.
   *
   * @param random {@code [vocabulary, C]}, row after row; what remains of words without a vector
   * @return of the same shape; {@code random} itself where the data says nothing of vectors
   * @throws IllegalArgumentException if the data has vectors of another width
   */
  default float[] startOfWords(float[] random) {
    return random;
  }

  /** Number of examples in {@code portion}. */
  int size(Portion portion);

  /**
   * Steps of one epoch when each step takes {@code examplesPerStep}; the last one may be partial.
   */
  default int steps(Portion portion, int examplesPerStep) {
    return (size(portion) + examplesPerStep - 1) / examplesPerStep;
  }

  /**
   * By what the learning rate of an epoch is multiplied in one of its steps: where windows of a
   * stream have different lengths, the length over the usual one.
   */
  default double rateFactor(Portion portion, StepId at) {
    return 1;
  }

  /**
   * The augmented minibatch of one replica. A step's examples are the slice {@code [step * batch *
   * replicas, (step + 1) * batch * replicas)} of the portion's permutation for the epoch, cut at
   * its end; replica r takes the r-th {@code batch} of it. A step beyond the end of the portion
   * starts over ({@code step % steps}).
   *
   * @return possibly empty, when the last step has fewer examples than replicas need
   */
  Batch training(Portion portion, StepId at, int replica, int replicas, int batch);

  /**
   * Examples {@code [from, to)} of the portion in their stored order, normalised but not augmented.
   */
  Batch evaluation(Portion portion, int from, int to);
}
