package dev.fletch.nn;

import dev.fletch.data.StepId;
import dev.fletch.engine.ElementDropout;
import java.util.Arrays;

/**
 * The random keys of one minibatch's examples, from which dropout is drawn: a function of (seed,
 * epoch, step, example, place) alone.
 */
public final class DropoutDraws {
  /** Places of a network where something is dropped: numbers of the words' vectors. */
  public static final int EMBEDDING = 0;

  /** What the classifier reads. */
  public static final int CLASSIFIER = 1;

  /** Words. */
  public static final int WORDS = 2;

  private long[] keys = new long[0];

  /** Draws anew, for the next training passes. */
  public void draw(int[] examples, long seed, StepId at) {
    long step = ElementDropout.key(ElementDropout.key(seed, at.draw()), at.step());
    keys = Arrays.stream(examples).mapToLong(e -> ElementDropout.key(step, e)).toArray();
  }

  /**
   * The key of each example {@code [N]} for one of the places where something is dropped.
   *
   * @param place its number in the network
   */
  public long[] keys(int place) {
    return Arrays.stream(keys).map(key -> ElementDropout.key(key, place)).toArray();
  }
}
