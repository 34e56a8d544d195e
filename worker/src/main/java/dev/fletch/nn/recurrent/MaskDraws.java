package dev.fletch.nn.recurrent;

import dev.fletch.data.SeededRandom;
import dev.fletch.data.SeededRandom.Purpose;
import dev.fletch.data.StepId;
import dev.fletch.data.StreamBatch;
import dev.fletch.engine.recurrent.Masks;

/**
 * Draws the masks of a training step: a function of seed, epoch, step and the rows' place in their
 * data set alone. All forward passes of a step see the same ones, those of the finite differences
 * of a second-order gradient too; the published code draws anew in each, which adds noise to them.
 */
final class MaskDraws {
  private static final int WORDS = 0;
  private static final int EMBEDDING = 1;
  private static final int INPUT = 2;
  private static final int HIDDEN = 3;
  private static final int OUTPUT = 4;

  private final RecurrentDropout dropout;
  private final int size;

  MaskDraws(RecurrentDropout dropout, int size) {
    this.dropout = dropout;
    this.size = size;
  }

  Masks draw(StreamBatch batch, long seed, StepId at) {
    if (dropout.equals(RecurrentDropout.NONE)) {
      return Masks.NONE;
    }
    int values = batch.rows() * size;
    int place = batch.examples()[0];
    return new Masks(
        mask(dropout.words(), batch.input().vocabulary(), seed, at, place, WORDS),
        mask(dropout.embedding(), values, seed, at, place, EMBEDDING),
        mask(dropout.input(), values, seed, at, place, INPUT),
        mask(dropout.hidden(), values, seed, at, place, HIDDEN),
        mask(dropout.output(), values, seed, at, place, OUTPUT));
  }

  private static float[] mask(
      double probability, int length, long seed, StepId at, int place, int which) {
    if (probability == 0) {
      return new float[0];
    }
    SeededRandom random =
        SeededRandom.of(Purpose.RECURRENT_DROPOUT, seed, at.draw(), at.step(), place, which);
    float kept = (float) (1 / (1 - probability));
    float[] mask = new float[length];
    for (int i = 0; i < length; i++) {
      mask[i] = random.unit() < probability ? 0 : kept;
    }
    return mask;
  }
}
