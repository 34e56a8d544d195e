package dev.fletch.nn;

import dev.fletch.data.Batch;
import dev.fletch.data.DataException;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;

/** Where minibatches enter a plan. */
sealed interface Entry permits ImageEntry {
  /** Adds to {@code plan} what takes in {@code examples} examples of {@code input}. */
  static Entry of(Input input, int examples, PlanBuilder plan) {
    if (input instanceof ImageShape images) {
      return new ImageEntry(images, examples, plan);
    }
    throw new DataException("Cannot build a network for texts of " + input + ": it reads images");
  }

  /** What the network's first step reads. */
  Slot slot();

  /** Writes a minibatch of the input and size that this was made for. */
  void load(Batch batch);
}
