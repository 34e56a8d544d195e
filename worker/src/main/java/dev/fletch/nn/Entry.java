package dev.fletch.nn;

import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;

/** Where minibatches enter a plan. */
sealed interface Entry permits ImageEntry, TokenEntry {
  /** Adds to {@code plan} what takes in up to {@code examples} examples of {@code input}. */
  static Entry of(Input input, int examples, PlanBuilder plan) {
    if (input instanceof TokenShape texts) {
      return new TokenEntry(texts, examples, plan);
    }
    return new ImageEntry((ImageShape) input, examples, plan);
  }

  /** What the network's first step reads. */
  Slot slot();

  /**
   * Writes a minibatch of the input that this was made for: of images as many as it was made for,
   * of texts no more.
   */
  void load(Batch batch);
}
