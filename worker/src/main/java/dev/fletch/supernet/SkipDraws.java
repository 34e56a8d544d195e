package dev.fletch.supernet;

import dev.fletch.data.StepId;
import dev.fletch.engine.ElementDropout;
import dev.fletch.engine.Extent;
import dev.fletch.nn.DropoutDraws;

/**
 * What {@link SkipDropout} drops from one minibatch: a function of (seed, epoch, step, example,
 * edge, element) alone.
 */
final class SkipDraws {
  private final SkipDropout dropout;
  private final DropoutDraws draws = new DropoutDraws();
  private double probability;

  SkipDraws(SkipDropout dropout) {
    this.dropout = dropout;
  }

  /** Draws anew, for the next training passes. */
  void draw(int[] examples, long seed, StepId at) {
    draws.draw(examples, seed, at);
    probability = dropout.at(at.epoch());
  }

  /** Whether anything may be dropped at all. */
  boolean drops() {
    return probability > 0;
  }

  /**
   * @param edge its number among the edges of all cells
   * @param extent what is dropped from
   */
  ElementDropout of(int edge, Extent extent) {
    return new ElementDropout(draws.keys(edge), extent.places(), probability);
  }
}
