package dev.fletch.method;

import dev.fletch.supernet.OperationMask;
import java.io.Serializable;

/**
 * A part of a search with w and alpha of its own: it begins with fresh ones. Most methods have one
 * stage.
 *
 * @param index from 0
 * @param firstEpoch of the search that belongs to it
 * @param epochs it takes
 * @param mask the operations that edges have
 */
public record Stage(int index, int firstEpoch, int epochs, OperationMask mask)
    implements Serializable {
  /** First epoch after the stage. */
  public int end() {
    return firstEpoch + epochs;
  }
}
