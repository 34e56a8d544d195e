package dev.fletch.supernet;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * Dropout on the output of skip connections with stride 1, element by element, in training only
 * (P-DARTS: Chen et al., 2019, section 3.3; chenxin061/pdarts, {@code train_search.py}). In epoch e
 * of a stage of E epochs, of which the first W train w alone:
 *
 * <pre>{@code
 * p = rate * (E - e - 1) / E          while e < W
 * p = rate * exp(-0.2 * (e - W))      from then on
 * }</pre>
 *
 * @param rate 0 for no dropout
 * @param firstEpoch of the search that belongs to the stage
 * @param epochs E
 * @param warmUp W
 */
public record SkipDropout(double rate, int firstEpoch, int epochs, int warmUp)
    implements Serializable {
  /** No dropout at all. */
  public static final SkipDropout NONE = new SkipDropout(0, 0, 1, 0);

  private static final double DECAY = 0.2;

  public SkipDropout {
    new Checks()
        .below("rate", rate, 0, 1)
        .atLeast("first-epoch", firstEpoch, 0)
        .atLeast("epochs", epochs, 1)
        .atLeast("warm-up", warmUp, 0)
        .orThrow();
  }

  public boolean isNone() {
    return rate == 0;
  }

  /** The probability p that an element is dropped in {@code epoch} of the search. */
  public double at(int epoch) {
    int e = epoch - firstEpoch;
    return e < warmUp ? rate * (epochs - e - 1) / epochs : rate * Math.exp(-DECAY * (e - warmUp));
  }
}
