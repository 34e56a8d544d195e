package dev.fletch.supernet;

import dev.fletch.architecture.Operation;
import dev.fletch.engine.Guard;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;
import java.util.EnumMap;
import java.util.Map;

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
  private final Map<Operation, Guard> users = new EnumMap<>(Operation.class);

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

  /**
   * Batch norm of the 3x3 maximum pool.
   *
   * @param mixingIndex of the operation that asks for it
   */
  Slot maxPooled(int mixingIndex) {
    Guard guard = users(Operation.MAX_POOL_3X3, mixingIndex);
    if (maxPooled == null) {
      maxPooled = blocks.plan().guarded(guard, () -> blocks.pool(true, operated, stride));
    }
    return maxPooled;
  }

  /**
   * Batch norm of the 3x3 average pool.
   *
   * @param mixingIndex of the operation that asks for it
   */
  Slot averagePooled(int mixingIndex) {
    Guard guard = users(Operation.AVG_POOL_3X3, mixingIndex);
    if (averagePooled == null) {
      averagePooled = blocks.plan().guarded(guard, () -> blocks.pool(false, operated, stride));
    }
    return averagePooled;
  }

  /** The input of one half of a factorized reduction. */
  Centred evenPixels(int mixingIndex) {
    Guard guard = users(Operation.SKIP_CONNECT, mixingIndex);
    if (evenPixels == null) {
      evenPixels = blocks.plan().guarded(guard, () -> blocks.gather(operated, 2, 0, true));
    }
    return evenPixels;
  }

  /** Of the other half. */
  Centred oddPixels(int mixingIndex) {
    Guard guard = users(Operation.SKIP_CONNECT, mixingIndex);
    if (oddPixels == null) {
      oddPixels = blocks.plan().guarded(guard, () -> blocks.gather(operated, 2, 1, true));
    }
    return oddPixels;
  }

  /** The edges with {@code operation} that leave here, now with one more. */
  private Guard users(Operation operation, int mixingIndex) {
    return users.computeIfAbsent(operation, o -> new Guard()).and(mixingIndex);
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
