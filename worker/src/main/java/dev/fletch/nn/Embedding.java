package dev.fletch.nn;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.TokenShape;
import dev.fletch.data.text.Vocabulary;
import dev.fletch.engine.ElementDropout;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.WeightSlot.Initialization;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A learned vector for every word: words {@code [1, P]} to {@code [C, P]}. The vector of the word
 * for padding is never used and has no gradient.
 */
public final class Embedding implements Step {
  /** The table of a network's stem. */
  public static final String STEM_WEIGHT = "stem.embedding.weight";

  /** The numbers of words travel as floats, which are exact up to here. */
  private static final int LARGEST_VOCABULARY = 1 << 24;

  private final Kernels kernels;
  private final Slot words;
  private final WeightSlot table;
  private final Slot output;
  private final Dropout.Draws dropped;
  private final Slot known;

  private Embedding(
      PlanBuilder plan, Slot words, WeightSlot table, Slot output, Dropout.Draws dropped) {
    this.kernels = plan.kernels();
    this.words = words;
    this.table = table;
    this.output = output;
    this.dropped = dropped;
    this.known = plan.slot(1, words.extent());
  }

  /**
   * Adds it to a plan.
   *
   * @param weightName of the table {@code [vocabulary, channels]}
   * @param words {@code [1, P]}, what a network for texts is given
   * @param dropped words that training passes take as unknown
   */
  public static Slot of(
      PlanBuilder plan,
      String weightName,
      TokenShape shape,
      Slot words,
      int channels,
      Dropout.Draws dropped) {
    if (shape.vocabulary() > LARGEST_VOCABULARY) {
      throw new IllegalArgumentException(
          "A vocabulary can have up to %d words, got %d: leave out rare words"
              .formatted(LARGEST_VOCABULARY, shape.vocabulary()));
    }
    WeightSlot table =
        plan.weight(weightName, Initialization.UNIFORM, shape.vocabulary(), channels);
    Slot output = plan.slot(channels, words.extent());
    plan.add(new Embedding(plan, words, table, output, dropped), List.of(), List.of(output));
    return output;
  }

  /** Puts the vectors that {@code examples} begin with into a network's weights, if it has any. */
  static void begin(List<WeightSlot> slots, ExampleSource examples, float[] weights) {
    for (WeightSlot slot : slots) {
      if (slot.name().equals(STEM_WEIGHT)) {
        int end = slot.offset() + slot.length();
        float[] start = examples.startOfWords(Arrays.copyOfRange(weights, slot.offset(), end));
        System.arraycopy(start, 0, weights, slot.offset(), start.length);
      }
    }
  }

  @Override
  public Work work() {
    return new Work("embedding", 0, 0);
  }

  @Override
  public boolean variesInTraining() {
    return true;
  }

  /** The words, in training some of them unknown. */
  private Matrix numbers(Pass pass) {
    Optional<ElementDropout> dropout =
        pass.training() ? dropped.of(words.extent()) : Optional.empty();
    if (dropout.isEmpty()) {
      return words.value();
    }
    kernels.replaceWords(words.value(), dropout.get(), Vocabulary.UNKNOWN, known.value());
    return known.value();
  }

  @Override
  public void forward(Pass pass) {
    kernels.embed(numbers(pass), pass.weights(), table.offset(), output.value());
  }

  @Override
  public void backward(Pass pass) {
    if (pass.wantsWeights()) {
      kernels.embedBackward(
          numbers(pass), output.gradient(), pass.weightGradient(), table.offset());
    }
  }
}
