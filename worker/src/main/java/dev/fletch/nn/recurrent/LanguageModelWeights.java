package dev.fletch.nn.recurrent;

import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.WeightSlot.Initialization;
import dev.fletch.engine.recurrent.CellForm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The parts of a language model's flat weights, by the names of the published code. The matrix of
 * the softmax is that of the words' vectors, and counted once.
 */
final class LanguageModelWeights {
  /**
   * Where all weights but the bias begin, uniformly around 0 (quark0/darts, {@code rnn/model.py}).
   */
  private static final double RANGE = 0.04;

  private final List<WeightSlot> slots = new ArrayList<>();

  LanguageModelWeights(CellForm form, int vocabulary) {
    int size = form.size();
    add("encoder.weight", size, vocabulary, size);
    add("decoder.bias", Initialization.ZEROS, size, vocabulary);
    add("rnns.0._W0", 2 * size, 2 * size, form.gated() ? 2 * size : size);
    for (int i = 0; i < form.nodes().size(); i++) {
      add("rnns.0._Ws." + i, size, size, 2 * size);
    }
  }

  private void add(String name, int fanIn, int... shape) {
    add(name, Initialization.UNIFORM, fanIn, shape);
  }

  private void add(String name, Initialization initialization, int fanIn, int... shape) {
    slots.add(new WeightSlot(name, count(), shape, initialization, fanIn));
  }

  List<WeightSlot> slots() {
    return List.copyOf(slots);
  }

  int count() {
    return slots.stream().mapToInt(WeightSlot::length).sum();
  }

  /** Where the words' vectors lie. */
  WeightSlot embedding() {
    return slots.get(0);
  }

  float[] initial(long seed) {
    float[] weights = new float[count()];
    SplittableRandom random = new SplittableRandom(seed);
    for (WeightSlot slot : slots) {
      for (int i = 0; slot.initialization() == Initialization.UNIFORM && i < slot.length(); i++) {
        weights[slot.offset() + i] = (float) ((2 * random.nextDouble() - 1) * RANGE);
      }
    }
    return weights;
  }
}
