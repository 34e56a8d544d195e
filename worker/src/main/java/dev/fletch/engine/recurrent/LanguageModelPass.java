package dev.fletch.engine.recurrent;

import dev.fletch.engine.Parallel;
import dev.fletch.engine.PlanTooLargeException;
import dev.fletch.engine.StatisticsSlot;
import java.util.stream.LongStream;

/**
 * Forward and backward passes of a language model: words' vectors, a recurrent cell, and a softmax
 * over the vocabulary whose matrix holds the words' vectors too. It holds buffers, never
 * authoritative state; not thread-safe.
 *
 * <p>Weights are one flat vector: the vectors {@code [V, C]}, the softmax's bias {@code [V]}, the
 * matrix of word and memory {@code [2 C, 2 C]}, and that of each node {@code [C, 2 C]}.
 */
public final class LanguageModelPass implements AutoCloseable {
  private final CellForm form;
  private final int vocabulary;
  private final int batch;
  private final int size;
  private final Parallel parallel;
  private final CellWindow window;
  private final CellWeights cell;
  private final WordVectors vectors;
  private final SoftmaxInput read;
  private final VocabularySoftmax softmax;

  // only what is trained has gradients
  private CellGradient gradient;
  private Panels[] ofOutputs;
  private Panels[] ofWords;

  /**
   * @param batch rows of a minibatch
   * @param times of the longest window
   * @param threads that share the work; they change no bit
   */
  public LanguageModelPass(CellForm form, int vocabulary, int batch, int times, int threads) {
    this.form = form;
    this.vocabulary = vocabulary;
    this.batch = batch;
    this.size = form.size();
    this.parallel = new Parallel(threads);
    this.window = new CellWindow(form, batch, times, parallel);
    this.cell = new CellWeights(form);
    this.vectors = new WordVectors(batch, size, parallel);
    int rows = VocabularySoftmax.rows(vocabulary);
    this.read = new SoftmaxInput(batch, times, size, rows, parallel);
    this.softmax = new VocabularySoftmax(vocabulary, size, parallel);
  }

  /** Length of the flat weights. */
  public static int weights(CellForm form, int vocabulary) {
    return Math.addExact(Math.multiplyExact(vocabulary, form.size() + 1), CellWeights.count(form));
  }

  /**
   * @throws PlanTooLargeException if an array of a pass of these sizes would be longer than one can
   *     be
   */
  public static void requireBuildable(CellForm form, int vocabulary, int batch, int times) {
    int states = form.nodes().size() + 1;
    int wide = 2 * Panels.count(form.size()) * Panels.WIDTH;
    long rows = Packs.padded((long) batch);
    long longest =
        LongStream.of(
                times * rows * wide,
                Panels.length(states * rows, wide),
                Panels.length(wide, wide),
                Panels.length(form.size() + 1L, vocabulary),
                Panels.length(VocabularySoftmax.rows(vocabulary), vocabulary))
            .max()
            .getAsLong();
    if (longest > Integer.MAX_VALUE) {
      throw new PlanTooLargeException(String.valueOf(longest), Integer.MAX_VALUE);
    }
  }

  /** Memory that training takes, in bytes, as a formula of the sizes. */
  public static long bytes(CellForm form, int vocabulary, int batch, int times) {
    long states = form.nodes().size() + 1L;
    long state = Panels.length(batch, form.size());
    long ofTimes = times * state * (2 * states + 2L * form.edges() + 11);
    long ofWeights = 4L * weights(form, vocabulary);
    return Float.BYTES * (ofTimes + ofWeights + VocabularySoftmax.values(vocabulary, form.size()));
  }

  /**
   * What a pass reads.
   *
   * @param tokens {@code [T, B]}, time by time
   * @param targets the word behind each
   * @param memory {@code [B, C]}, the outputs before the first time; length 0 for zeros
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
  public record Words(int[] tokens, int[] targets, float[] memory) {}

  /**
   * What is added to the mean loss before it is differentiated (Merity et al., 2018).
   *
   * @param activation weight of the mean square of what the softmax reads
   * @param slowness weight of the mean square of differences between outputs of neighbouring times
   */
  public record Regularisation(double activation, double slowness) {
    public static final Regularisation NONE = new Regularisation(0, 0);
  }

  /**
   * How a pass went.
   *
   * @param lossSum cross-entropy summed over all words, without regularisation
   * @param correct words that got the largest value
   * @param activation mean square of what the softmax reads
   * @param slowness mean square of differences of outputs
   */
  public record Result(double lossSum, int correct, double activation, double slowness) {
    private static Result of(VocabularySoftmax.Result softmax, SoftmaxInput.Squares squares) {
      return new Result(
          softmax.lossSum(), softmax.correct(), squares.activation(), squares.slowness());
    }
  }

  /**
   * Loss alone.
   *
   * @param statistics running means and variances of the cell's norm; null to use the minibatch's
   */
  public Result forward(
      float[] weights, float[] mixing, Words words, Masks masks, float[] statistics) {
    begin(weights, mixing, words, masks, norm(statistics));
    VocabularySoftmax.Result loss = softmax.forward(read, read.ofPositions(words.targets()));
    return Result.of(loss, new SoftmaxInput.Squares(0, 0));
  }

  /** log p of all words, {@code [T, B, V]}, of the last pass. */
  public float[] logProbabilities(int times) {
    float[] ofPositions = softmax.logProbabilities(read);
    float[] all = new float[ofPositions.length];
    for (int i = 0; i < times * batch; i++) {
      int position = i % batch * times + i / batch;
      System.arraycopy(ofPositions, position * vocabulary, all, i * vocabulary, vocabulary);
    }
    return all;
  }

  /** Loss and gradients. What gradients are wanted is asked for afterwards. */
  public final class Gradients {
    private final Result result;
    private final int times;
    private final Words words;
    private final Masks masks;

    private Gradients(Result result, int times, Words words, Masks masks) {
      this.result = result;
      this.times = times;
      this.words = words;
      this.masks = masks;
    }

    public Result result() {
      return result;
    }

    /** dL/d(mixing weights), {@code [edges, columns]}. */
    public float[] mixing() {
      return form.ofColumns(gradient.ofMixing());
    }

    /** dL/dw; only if weights were asked for. */
    public float[] weights() {
      float[] all = new float[LanguageModelPass.weights(form, vocabulary)];
      softmax.writeGradient(read, read.ofPositions(words.targets()), all);
      vectors.addGradient(ofWords, words.tokens(), masks, all);
      gradient.writeWeights(times, cell, all, vocabulary * (size + 1));
      return all;
    }
  }

  /**
   * Mean loss with regularisation, and its gradients.
   *
   * @param statistics running means and variances of the cell's norm; null to use the minibatch's
   * @param wanted whether those of weights are
   */
  public Gradients backward(
      float[] weights,
      float[] mixing,
      Words words,
      Masks masks,
      Regularisation regularisation,
      float[] statistics,
      boolean wanted) {
    Norm norm = norm(statistics);
    int times = begin(weights, mixing, words, masks, norm);
    if (gradient == null) {
      gradient = new CellGradient(window, cell, parallel);
      ofOutputs = CellWindow.matrices(window.times(), window.rows, size);
      ofWords = CellWindow.matrices(window.times(), window.rows, size);
    }
    int count = times * batch;
    VocabularySoftmax.Result loss =
        softmax.backward(read, read.ofPositions(words.targets()), weights, 1f / count, wanted);
    SoftmaxInput.Squares squares =
        read.backward(
            window.outputs, regularisation.activation(), regularisation.slowness(), ofOutputs);
    gradient.backward(times, cell, norm, ofOutputs, ofWords);
    return new Gradients(Result.of(loss, squares), times, words, masks);
  }

  private Norm norm(float[] statistics) {
    int columns = Norm.columns(size);
    return statistics == null ? Norm.ofBatch(columns) : Norm.running(columns, size, statistics);
  }

  /** Everything up to what the softmax reads; returns the window's times. */
  private int begin(float[] weights, float[] mixing, Words words, Masks masks, Norm norm) {
    int times = words.tokens().length / batch;
    if (times < 1
        || times > window.times()
        || times * batch != words.tokens().length
        || words.targets().length != words.tokens().length
        || mixing.length != form.mixing()
        || weights.length != weights(form, vocabulary)) {
      throw new IllegalArgumentException(
          "Cannot read %d words with %d mixing weights and %d weights: 1 to %d times of %d rows, %d and %d are needed"
              .formatted(
                  words.tokens().length,
                  mixing.length,
                  weights.length,
                  window.times(),
                  batch,
                  form.mixing(),
                  weights(form, vocabulary)));
    }
    softmax.take(weights);
    cell.take(weights, vocabulary * (size + 1), parallel);
    window.mixing = form.ofFunctions(mixing);
    window.hiddenMask = vectors.panels(masks.hidden());
    vectors.lookUp(weights, words.tokens(), masks, window.words);
    window.memory[0].zero();
    if (words.memory().length > 0) {
      window.memory[0].write(words.memory(), 0, 0, batch);
    }
    window.forward(times, cell, norm);
    read.read(window.outputs, times, vectors.panels(masks.output()));
    return times;
  }

  /** {@code [B, C]}, the cell's output at the last time of the last pass. */
  public float[] memory(int times) {
    float[] all = new float[batch * size];
    window.outputs[times - 1].read(all, 0, 0, batch);
    return all;
  }

  /** {@code [T, B, C]}, the cell's outputs of the last pass. */
  public float[] outputs(int times) {
    float[] all = new float[times * batch * size];
    for (int t = 0; t < times; t++) {
      window.outputs[t].read(all, t * batch * size, 0, batch);
    }
    return all;
  }

  /** {@code [T, B, C]}, what the softmax read in the last pass. */
  public float[] droppedOutputs() {
    return read.timeByTime();
  }

  /**
   * Means, then unbiased variances, of all applications of the norm in the last pass with the
   * minibatch's own; a later application weighs more, see {@link #statisticsShare}.
   */
  public float[] statistics() {
    return form.normalised() ? window.statistics.mean(size) : new float[0];
  }

  /** Share of {@link #statistics} in the running ones. */
  public double statisticsShare() {
    return form.normalised() ? window.statistics.share() : StatisticsSlot.SHARE;
  }

  @Override
  public void close() {
    parallel.close();
  }
}
