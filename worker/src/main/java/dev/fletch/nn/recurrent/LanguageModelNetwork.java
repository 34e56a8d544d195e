package dev.fletch.nn.recurrent;

import dev.fletch.data.Batch;
import dev.fletch.data.StepId;
import dev.fletch.data.StreamBatch;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.Floats;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.recurrent.CellForm;
import dev.fletch.engine.recurrent.LanguageModelPass;
import dev.fletch.engine.recurrent.LanguageModelPass.Regularisation;
import dev.fletch.engine.recurrent.LanguageModelPass.Words;
import dev.fletch.engine.recurrent.Masks;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import dev.fletch.nn.WeightRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A language model: words' vectors, a recurrent cell, a softmax over the vocabulary. Minibatches
 * are windows of a stream, {@link StreamBatch}, with what the network remembers of their rows, and
 * what it then remembers is handed back ({@link BatchGradients#carried}); it keeps nothing itself.
 *
 * <p>An evaluation walks through a batch of any length window by window, from what the batch says
 * is remembered.
 */
public abstract class LanguageModelNetwork implements TrainableNetwork {
  private final CellForm form;
  private final StreamShape input;
  private final RecurrentSettings settings;
  private final int batch;
  private final int threads;
  private final LanguageModelWeights weights;
  private final MaskDraws draws;
  private LanguageModelPass training;
  private LanguageModelPass evaluation;
  private int evaluationRows;

  /**
   * @param batch rows of a minibatch
   * @param threads for the engine's own kernels
   */
  protected LanguageModelNetwork(
      CellForm form, StreamShape input, RecurrentSettings settings, int batch, int threads) {
    this.form = form;
    this.input = input;
    this.settings = settings;
    this.batch = batch;
    this.threads = threads;
    this.weights = new LanguageModelWeights(form, input.vocabulary());
    this.draws = new MaskDraws(settings.dropout(), settings.size());
  }

  /** The cell's mixing weights, given those of this network. */
  public abstract float[] ofCell(float[] mixing);

  /** The parts of the flat weight vector, in order. */
  public final List<WeightSlot> weightSlots() {
    return weights.slots();
  }

  /** That of the words' vectors, which are the softmax's matrix too. */
  @Override
  public final WeightRange tiedEmbedding() {
    WeightSlot slot = weights.embedding();
    return new WeightRange(slot.offset(), slot.offset() + slot.length());
  }

  /** The parts of the flat statistics vector: the one norm, if the cell has it. */
  public final List<StatisticsSlot> statisticsSlots() {
    return form.normalised()
        ? List.of(new StatisticsSlot("rnns.0.bn", 0, settings.size()))
        : List.of();
  }

  @Override
  public final int weightCount() {
    return weights.count();
  }

  /** Weights; takes no memory. */
  public final long plannedWeights() {
    return weights.count();
  }

  /**
   * Whether its buffers can be had at all; takes none of them.
   *
   * @throws dev.fletch.engine.PlanTooLargeException if an array would be longer than one can be
   */
  public final void requireBuildable() {
    LanguageModelPass.requireBuildable(form, input.vocabulary(), batch, input.window());
  }

  @Override
  public final int statisticsCount() {
    return form.normalised() ? 2 * settings.size() : 0;
  }

  @Override
  public final int carriedCount() {
    return batch * settings.size();
  }

  @Override
  public final float[] initialWeights(long seed) {
    return weights.initial(seed);
  }

  @Override
  public final float[] initialStatistics() {
    float[] statistics = new float[statisticsCount()];
    Arrays.fill(statistics, statistics.length / 2, statistics.length, 1);
    return statistics;
  }

  @Override
  public BatchGradients gradients(
      Batch next, long seed, StepId at, float[] w, float[] mixing, Wanted wanted) {
    StreamBatch words = (StreamBatch) next;
    return gradients(words, w, mixing, draws.draw(words, seed, at), wanted);
  }

  /** With given masks. */
  BatchGradients gradients(
      StreamBatch words, float[] w, float[] mixing, Masks masks, Wanted wanted) {
    LanguageModelPass pass = trainingPass(words);
    if (wanted == Wanted.STATISTICS) {
      LanguageModelPass.Result result = pass.forward(w, ofCell(mixing), words(words), masks, null);
      return result(words, pass, result, new float[0], new float[0]);
    }
    LanguageModelPass.Gradients gradients =
        pass.backward(
            w,
            ofCell(mixing),
            words(words),
            masks,
            wanted.regularised() ? regularisation() : Regularisation.NONE,
            null,
            wanted.weights());
    return result(
        words,
        pass,
        gradients.result(),
        wanted.weights() ? gradients.weights() : new float[0],
        wanted.mixing() ? gradients.mixing() : new float[0]);
  }

  private Regularisation regularisation() {
    return new Regularisation(
        settings.activationRegularisation(), settings.slownessRegularisation());
  }

  private BatchGradients result(
      StreamBatch words,
      LanguageModelPass pass,
      LanguageModelPass.Result result,
      float[] ofWeights,
      float[] ofMixing) {
    return new BatchGradients(
        Floats.of(ofWeights),
        ofMixing,
        Floats.of(pass.statistics()),
        new BatchScore(result.lossSum(), result.correct(), words.size()),
        pass.memory(words.times()),
        (float) pass.statisticsShare());
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch next, float[] w, float[] mixing, float[] statistics) {
    StreamBatch words = (StreamBatch) next;
    LanguageModelPass.Gradients gradients =
        trainingPass(words)
            .backward(
                w,
                ofCell(mixing),
                words(words),
                Masks.NONE,
                Regularisation.NONE,
                statistics,
                false);
    LanguageModelPass.Result result = gradients.result();
    return new BatchGradients(
        new float[0],
        gradients.mixing(),
        new float[0],
        new BatchScore(result.lossSum(), result.correct(), words.size()));
  }

  @Override
  public BatchScore evaluate(Batch next, float[] w, float[] mixing, float[] statistics) {
    StreamBatch all = (StreamBatch) next;
    List<LanguageModelPass.Result> results = new ArrayList<>();
    walk(all, w, mixing, statistics, (pass, times, result) -> results.add(result));
    return new BatchScore(
        results.stream().mapToDouble(LanguageModelPass.Result::lossSum).sum(),
        results.stream().mapToInt(LanguageModelPass.Result::correct).sum(),
        all.size());
  }

  /** log p of all words, {@code [T B, V]}. */
  @Override
  public float[] logits(Batch next, float[] w, float[] mixing, float[] statistics) {
    StreamBatch all = (StreamBatch) next;
    float[] logits = new float[Math.multiplyExact(all.size(), input.vocabulary())];
    AtomicInteger done = new AtomicInteger();
    walk(
        all,
        w,
        mixing,
        statistics,
        (pass, times, result) -> {
          float[] some = pass.logProbabilities(times);
          System.arraycopy(some, 0, logits, done.getAndAdd(some.length), some.length);
        });
    return logits;
  }

  /** Is told of a window that was read. */
  private interface Reader {
    void windowRead(LanguageModelPass pass, int times, LanguageModelPass.Result result);
  }

  /** Reads a batch of any length in evaluation mode, window by window. */
  private void walk(StreamBatch all, float[] w, float[] mixing, float[] statistics, Reader reader) {
    requireInput(all);
    LanguageModelPass pass = evaluationPass(all.rows());
    float[] cell = ofCell(mixing);
    float[] memory = all.state();
    int length = input.window() * all.rows();
    for (int from = 0; from < all.size(); from += length) {
      int to = Math.min(all.size(), from + length);
      int times = (to - from) / all.rows();
      Words window =
          new Words(
              Arrays.copyOfRange(all.tokens(), from, to),
              Arrays.copyOfRange(all.targets(), from, to),
              memory);
      LanguageModelPass.Result result = pass.forward(w, cell, window, Masks.NONE, statistics);
      reader.windowRead(pass, times, result);
      memory = pass.memory(times);
    }
  }

  private static Words words(StreamBatch batch) {
    return new Words(batch.tokens(), batch.targets(), batch.state());
  }

  private LanguageModelPass trainingPass(StreamBatch words) {
    requireInput(words);
    if (words.rows() != batch
        || words.times() > input.window()
        || (words.state().length != 0 && words.state().length != carriedCount())) {
      throw new IllegalArgumentException(
          "Cannot train on %d times of %d rows with %d values remembered: the network was built for %d times of %d rows and remembers %d"
              .formatted(
                  words.times(),
                  words.rows(),
                  words.state().length,
                  input.window(),
                  batch,
                  carriedCount()));
    }
    if (training == null) {
      training = pass(batch);
    }
    return training;
  }

  /** The training's own where it has as many rows, else one that is kept for the next time. */
  private LanguageModelPass evaluationPass(int rows) {
    if (rows == batch && training != null) {
      return training;
    }
    if (evaluation == null || evaluationRows != rows) {
      if (evaluation != null) {
        evaluation.close();
      }
      evaluation = pass(rows);
      evaluationRows = rows;
    }
    return evaluation;
  }

  /** Buffers for minibatches of so many rows; the caller closes them. */
  public final LanguageModelPass pass(int rows) {
    return new LanguageModelPass(form, input.vocabulary(), rows, input.window(), threads);
  }

  private void requireInput(StreamBatch words) {
    if (!words.input().equals(input)) {
      throw new IllegalArgumentException(
          "Cannot read %s with a network for %s".formatted(words.input(), input));
    }
  }

  /** Of one word, as the sum over its layers. */
  @Override
  public long multiplyAdds(float[] mixing) {
    long size = settings.size();
    long first = form.gated() ? 4 * size * size : 2 * size * size;
    return first + form.edges() * 2 * size * size + size * input.vocabulary();
  }

  @Override
  public long bytes() {
    return LanguageModelPass.bytes(form, input.vocabulary(), batch, input.window());
  }

  @Override
  public void close() {
    for (LanguageModelPass pass : new ArrayList<>(Arrays.asList(training, evaluation))) {
      if (pass != null) {
        pass.close();
      }
    }
    training = null;
    evaluation = null;
  }
}
