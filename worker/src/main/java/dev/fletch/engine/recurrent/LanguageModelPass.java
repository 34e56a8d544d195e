package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;
import dev.fletch.engine.PlanTooLargeException;
import dev.fletch.engine.StatisticsSlot;
import java.util.Arrays;
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
  private final VocabularySoftmax softmax;
  private final Panels dropped;
  private final Panels ofDropped;

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
    this.softmax = new VocabularySoftmax(vocabulary, size, parallel);
    int positions = (batch * times + WIDTH - 1) / WIDTH * WIDTH;
    this.dropped = new Panels(positions, size);
    this.ofDropped = new Panels(positions, size);
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
    long wide = 2L * Panels.count(form.size()) * WIDTH;
    long rows = Panels.padded(batch);
    long states = form.nodes().size() + 1L;
    long words = (long) Panels.padded(vocabulary) * Panels.count(form.size()) * WIDTH;
    long longest =
        LongStream.of(times * rows * wide, states * rows * wide, wide * wide, words)
            .max()
            .getAsLong();
    if (longest > Integer.MAX_VALUE) {
      throw new PlanTooLargeException(String.valueOf(longest), Integer.MAX_VALUE);
    }
  }

  /** Memory that training takes, in bytes, as a formula of the sizes. */
  public static long bytes(CellForm form, int vocabulary, int batch, int times) {
    long states = form.nodes().size() + 1L;
    long state = (long) Panels.padded(batch) * Panels.count(form.size()) * WIDTH;
    long ofTimes = times * state * (2 * states + 2L * form.edges() + 11);
    long ofWeights = 3L * weights(form, vocabulary) + (long) vocabulary * form.size();
    return Float.BYTES * (ofTimes + ofWeights + VocabularySoftmax.values(vocabulary));
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
    private static Result of(VocabularySoftmax.Result softmax) {
      return new Result(softmax.lossSum(), softmax.correct(), 0, 0);
    }
  }

  /**
   * Loss alone.
   *
   * @param statistics running means and variances of the cell's norm; null to use the minibatch's
   */
  public Result forward(
      float[] weights, float[] mixing, Words words, Masks masks, float[] statistics) {
    int times = begin(weights, mixing, words, masks, norm(statistics));
    return Result.of(softmax.forward(dropped, words.targets(), times * batch));
  }

  /** log p of all words, {@code [T, B, V]}, of the last pass. */
  public float[] logProbabilities(int times) {
    return softmax.logProbabilities(dropped, times * batch);
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
      addLookUps(times, words, masks);
      parallel.forEach(vocabulary, v -> softmax.ofMatrix().read(all, v * size, v, 1));
      System.arraycopy(softmax.ofBias(), 0, all, vocabulary * size, vocabulary);
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
    softmax.begin();
    VocabularySoftmax.Result loss =
        softmax.backward(dropped, words.targets(), count, 1f / count, ofDropped, wanted);
    Result result = regularise(loss, times, masks, regularisation);
    gradient.backward(times, cell, norm, ofOutputs, ofWords);
    return new Gradients(result, times, words, masks);
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
    softmax.take(weights, 0, vocabulary * size);
    cell.take(weights, vocabulary * (size + 1), parallel);
    window.mixing = form.ofFunctions(mixing);
    window.hiddenMask = panels(masks.hidden());
    lookUp(times, words.tokens(), masks);
    window.memory[0].zero();
    if (words.memory().length > 0) {
      window.memory[0].write(words.memory(), 0, 0, batch);
    }
    window.forward(times, cell, norm);
    drop(times, masks);
    return times;
  }

  private Panels panels(float[] mask) {
    if (mask.length == 0) {
      return null;
    }
    Panels panels = new Panels(batch, size);
    panels.write(mask, 0, 0, batch);
    return panels;
  }

  /** Both masks of words' vectors in one, or null. */
  private Panels wordMask(Masks masks) {
    Panels one = panels(masks.embedding());
    Panels other = panels(masks.input());
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    for (int i = 0; i < one.values().length; i++) {
      one.values()[i] *= other.values()[i];
    }
    return one;
  }

  private void lookUp(int times, int[] tokens, Masks masks) {
    Panels factors = wordMask(masks);
    Panels matrix = softmax.matrix();
    parallel.forEach(
        times,
        t -> {
          float[] to = window.words[t].values();
          for (int p = 0; p < window.panels; p++) {
            for (int b = 0; b < batch; b++) {
              int word = tokens[t * batch + b];
              float ofWord = masks.words().length == 0 ? 1 : masks.words()[word];
              int from = matrix.at(p, word);
              int at = window.words[t].at(p, b);
              for (int c = 0; c < WIDTH; c++) {
                float factor = factors == null ? ofWord : ofWord * factors.values()[at + c];
                to[at + c] = factor * matrix.values()[from + c];
              }
            }
          }
        });
  }

  /** The gradients of words' vectors where they were looked up, word by word in order. */
  private void addLookUps(int times, Words words, Masks masks) {
    Panels factors = wordMask(masks);
    Panels target = softmax.ofMatrix();
    parallel.forEach(
        window.panels,
        p -> {
          for (int t = 0; t < times; t++) {
            float[] from = ofWords[t].values();
            for (int b = 0; b < batch; b++) {
              int word = words.tokens()[t * batch + b];
              float ofWord = masks.words().length == 0 ? 1 : masks.words()[word];
              int at = ofWords[t].at(p, b);
              int to = target.at(p, word);
              for (int c = 0; c < WIDTH; c++) {
                float factor = factors == null ? ofWord : ofWord * factors.values()[at + c];
                target.values()[to + c] += factor * from[at + c];
              }
            }
          }
        });
  }

  /** What the softmax reads: a row for each position. */
  private void drop(int times, Masks masks) {
    Panels mask = panels(masks.output());
    parallel.forEach(
        times,
        t -> {
          for (int p = 0; p < window.panels; p++) {
            int to = dropped.at(p, t * batch);
            int from = window.outputs[t].at(p, 0);
            float[] source = window.outputs[t].values();
            for (int i = 0; i < batch * WIDTH; i++) {
              float factor = mask == null ? 1 : mask.values()[mask.at(p, 0) + i];
              dropped.values()[to + i] = factor * source[from + i];
            }
          }
        });
  }

  /** Adds the regularisation's gradients, and hands all on to the cell's outputs. */
  private Result regularise(
      VocabularySoftmax.Result loss, int times, Masks masks, Regularisation weights) {
    Panels mask = panels(masks.output());
    float activation = (float) (2 * weights.activation() / ((double) times * batch * size));
    float slowness =
        times < 2 ? 0 : (float) (2 * weights.slowness() / ((times - 1.0) * batch * size));
    double[] squares = new double[times];
    double[] differences = new double[times];
    parallel.forEach(
        times,
        t -> {
          for (int p = 0; p < window.panels; p++) {
            int from = dropped.at(p, t * batch);
            int at = window.outputs[t].at(p, 0);
            float[] out = window.outputs[t].values();
            float[] before = t == 0 ? out : window.outputs[t - 1].values();
            float[] after = t == times - 1 ? out : window.outputs[t + 1].values();
            float[] target = ofOutputs[t].values();
            for (int i = 0; i < batch * WIDTH; i++) {
              float read = dropped.values()[from + i];
              float factor = mask == null ? 1 : mask.values()[mask.at(p, 0) + i];
              float change = out[at + i] - before[at + i];
              squares[t] += (double) read * read;
              differences[t] += (double) change * change;
              target[at + i] =
                  factor * (ofDropped.values()[from + i] + activation * read)
                      + slowness * (change - (after[at + i] - out[at + i]));
            }
          }
        });
    return new Result(
        loss.lossSum(),
        loss.correct(),
        Arrays.stream(squares).sum() / ((double) times * batch * size),
        times < 2 ? 0 : Arrays.stream(differences).sum() / ((times - 1.0) * batch * size));
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
  public float[] droppedOutputs(int times) {
    float[] all = new float[times * batch * size];
    dropped.read(all, 0, 0, times * batch);
    return all;
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
