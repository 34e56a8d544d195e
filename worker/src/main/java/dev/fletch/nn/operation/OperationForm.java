package dev.fletch.nn.operation;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;

/**
 * What an operation computes at one stride, keeping the number of channels: one description for all
 * that lay it out, count it, or write it down. Equal forms compute the same but for their weights.
 *
 * <p>Weights are named as in the reference implementation (quark0/darts, {@code operations.py}),
 * whose indices count the layers of an operation, ReLU included.
 */
public sealed interface OperationForm
    permits Zero,
        Identity,
        Convolutions,
        Pooling,
        NormalizedPooling,
        FactorizedReduction,
        MultiHeadAttention,
        Activated,
        OwnForm {
  /**
   * Whether it has weights. One that has none computes the same for all who ask it of a state, so
   * they share it.
   */
  boolean hasWeights();

  /**
   * Adds its steps to the plan of {@code blocks}.
   *
   * @param name what its weights' names start with
   * @param input {@code [C, H, W, N]}, not changed
   * @return {@code [C, H / stride, W / stride, N]}, halves rounded up; {@code input} itself where
   *     nothing is computed
   */
  Slot layOut(Blocks blocks, String name, Slot input);

  <T> T read(Reader<T> reader);

  /** One who writes operations down in other terms, and so has to know every form. */
  interface Reader<T> {
    T zero();

    T identity();

    T convolutions(Convolutions form);

    T pooling(Pooling form);

    T normalizedPooling(NormalizedPooling form);

    T factorizedReduction();

    T attention(MultiHeadAttention form);

    T activated(Activated form);

    T own(OwnForm form);
  }
}
