package dev.fletch.supernet;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;

/**
 * A state of a cell, and what depends on it alone, whatever the number of edges that leave it;
 * built when first needed.
 *
 * <p>With partial channels operations see the first channels only; the others bypass them, through
 * a maximum over 2x2 pixels where operations have stride 2.
 */
final class CellState {
  private final Blocks blocks;
  private final Slot whole;
  private final Slot operated;
  private final int stride;
  private Slot maxPooled;
  private Slot averagePooled;
  private Slot bypass;
  private Centred evenPixels;
  private Centred oddPixels;

  /**
   * @param slot {@code [C, N, H, W]}
   * @param partial K: operations see C/K channels
   * @param stride of the edges that leave it
   */
  CellState(Blocks blocks, Slot slot, int partial, int stride) {
    this.blocks = blocks;
    this.whole = slot;
    this.operated = partial == 1 ? slot : slot.channels(0, slot.channels() / partial);
    this.stride = stride;
  }

  /** What operations read, {@code [C/K, N, H, W]}. */
  Slot slot() {
    return operated;
  }

  int stride() {
    return stride;
  }

  /** 3x3 pool and batch norm. */
  Slot maxPooled() {
    if (maxPooled == null) {
      maxPooled = blocks.pool(true, operated, stride);
    }
    return maxPooled;
  }

  /** Likewise. */
  Slot averagePooled() {
    if (averagePooled == null) {
      averagePooled = blocks.pool(false, operated, stride);
    }
    return averagePooled;
  }

  /** The input of one half of a factorized reduction. */
  Centred evenPixels() {
    if (evenPixels == null) {
      evenPixels = blocks.gather(operated, 2, 0, true);
    }
    return evenPixels;
  }

  /** Of the other half. */
  Centred oddPixels() {
    if (oddPixels == null) {
      oddPixels = blocks.gather(operated, 2, 1, true);
    }
    return oddPixels;
  }

  /** What goes past the operations, {@code [C - C/K, N, H, W]}, of the size of their output. */
  Slot bypass() {
    if (bypass == null) {
      int from = operated.channels();
      Slot rest = whole.channels(from, whole.channels() - from);
      bypass = stride == 1 ? rest : BypassPool.of(blocks.plan(), rest);
    }
    return bypass;
  }
}
