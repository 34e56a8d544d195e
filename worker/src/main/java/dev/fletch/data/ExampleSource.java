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

  /** Number of examples in {@code portion}; of a stream, its words. */
  int size(Portion portion);

  /**
   * How epochs are divided into steps.
   *
   * @param examplesPerStep of all replicas; of a stream, the rows that they read side by side
   */
  default Pace pace(Portion portion, int examplesPerStep) {
    return new Pace.Even(size(portion), examplesPerStep);
  }

  /** Steps of one epoch, as {@link #pace} says. */
  default int steps(Portion portion, int epoch, int examplesPerStep) {
    return pace(portion, examplesPerStep).steps(epoch);
  }

  /**
   * By what the learning rate of a step is multiplied: where steps read windows of different
   * lengths, the window's in relation to that of all as a rule.
   */
  default double rateFactor(Portion portion, StepId at) {
    return 1;
  }

  /**
   * The augmented minibatch of one replica. A step's examples are the slice {@code [step * batch *
   * replicas, (step + 1) * batch * replicas)} of the portion's permutation for the epoch, cut at
   * its end; replica r takes the r-th {@code batch} of it. A step beyond the end of the portion
   * starts over ({@code step % steps}). Of a stream, {@link StreamExamples} says what a step reads.
   *
   * @return possibly empty, when the last step has fewer examples than replicas need
   */
  Batch training(Portion portion, StepId at, int replica, int replicas, int batch);

  /**
   * Examples {@code [from, to)} of the portion in their stored order, normalised but not augmented.
   */
  Batch evaluation(Portion portion, int from, int to);

  /**
   * Chunks of which an evaluation of the portion consists. Any replica may score any of them.
   *
   * @param batch examples of a chunk; the last may have fewer
   */
  default int evaluationChunks(Portion portion, int batch) {
    return (size(portion) + batch - 1) / batch;
  }

  /** Chunk {@code chunk} of those, from 0 on. */
  default Batch evaluationChunk(Portion portion, int chunk, int batch) {
    int from = chunk * batch;
    return evaluation(portion, from, Math.min(from + batch, size(portion)));
  }
}
