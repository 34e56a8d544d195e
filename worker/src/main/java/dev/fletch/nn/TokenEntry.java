package dev.fletch.nn;

import dev.fletch.data.Batch;
import dev.fletch.data.TokenBatch;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Sequences;
import dev.fletch.engine.Slot;

/**
 * A slot of texts, {@code [1, P]}: the number of each word, one text after the other. Whatever
 * follows has as many columns as a minibatch has words.
 */
final class TokenEntry implements Entry {
  private final Sequences sequences;
  private final Slot slot;

  TokenEntry(TokenShape shape, int examples, PlanBuilder plan) {
    this.sequences = plan.sequences(examples, shape.length());
    this.slot = plan.slot(1, sequences);
  }

  @Override
  public Slot slot() {
    return slot;
  }

  @Override
  public void load(Batch batch) {
    TokenBatch texts = (TokenBatch) batch;
    sequences.take(texts.lengths());
    float[] words = new float[texts.tokens().length];
    for (int i = 0; i < words.length; i++) {
      words[i] = texts.tokens()[i];
    }
    slot.value().write(words);
  }
}
