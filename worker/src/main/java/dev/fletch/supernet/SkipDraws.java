package dev.fletch.supernet;

import dev.fletch.data.StepId;
import dev.fletch.engine.ElementDropout;
import dev.fletch.engine.Extent;
import java.util.Arrays;

/**
 * What {@link SkipDropout} drops from one minibatch: a function of (seed, epoch, step, example,
 * edge, element) alone.
 */
final class SkipDraws {
  private final SkipDropout dropout;
  private long[] keys = new long[0];
  private double probability;

  SkipDraws(SkipDropout dropout) {
    this.dropout = dropout;
  }

  /** Draws anew, for the next training passes. */
  void draw(int[] examples, long seed, StepId at) {
    long step = ElementDropout.key(ElementDropout.key(seed, at.epoch()), at.step());
    keys = Arrays.stream(examples).mapToLong(e -> ElementDropout.key(step, e)).toArray();
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
    long[] ofEdge = Arrays.stream(keys).map(key -> ElementDropout.key(key, edge)).toArray();
    return new ElementDropout(ofEdge, extent.starts(), probability);
  }
}
