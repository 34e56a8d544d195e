package dev.fletch.supernet;

import dev.fletch.engine.Guard;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;
import dev.fletch.nn.HalvingPool;
import dev.fletch.nn.operation.OperationForm;
import java.util.HashMap;
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
  private Slot bypass;
  private Centred evenPixels;
  private Centred oddPixels;
  private final Map<OperationForm, Slot> shared = new HashMap<>();
  private final Map<OperationForm, Guard> users = new HashMap<>();
  private final Guard pixelUsers = new Guard();

  /**
   * @param slot {@code [C, H, W, N]}
   * @param partial K: operations see C/K channels
   * @param stride of the edges that leave it
   */
  CellState(Blocks blocks, Slot slot, int partial, int stride) {
    this.blocks = blocks;
    this.whole = slot;
    this.operated = partial == 1 ? slot : slot.channels(0, slot.channels() / partial);
    this.stride = stride;
  }

  /** What operations read, {@code [C/K, H, W, N]}. */
  Slot slot() {
    return operated;
  }

  int stride() {
    return stride;
  }

  /**
   * What a form without weights makes of the state.
   *
   * @param mixingIndex of the operation that asks for it
   */
  Slot shared(OperationForm form, int mixingIndex) {
    Guard guard = users.computeIfAbsent(form, f -> new Guard()).and(mixingIndex);
    return shared.computeIfAbsent(
        form, f -> blocks.plan().guarded(guard, () -> f.layOut(blocks, "", operated)));
  }

  /**
   * The input of one half of a factorized reduction.
   *
   * @param mixingIndex of the operation that asks for it
   */
  Centred evenPixels(int mixingIndex) {
    pixelUsers.and(mixingIndex);
    if (evenPixels == null) {
      evenPixels = blocks.plan().guarded(pixelUsers, () -> blocks.gather(operated, 2, 0, true));
    }
    return evenPixels;
  }

  /** The input of the other half. */
  Centred oddPixels(int mixingIndex) {
    pixelUsers.and(mixingIndex);
    if (oddPixels == null) {
      oddPixels = blocks.plan().guarded(pixelUsers, () -> blocks.gather(operated, 2, 1, true));
    }
    return oddPixels;
  }

  /** What goes past the operations, {@code [C - C/K, H, W, N]}, of the size of their output. */
  Slot bypass() {
    if (bypass == null) {
      int from = operated.channels();
      Slot rest = whole.channels(from, whole.channels() - from);
      bypass = stride == 1 ? rest : HalvingPool.of(blocks.plan(), rest);
    }
    return bypass;
  }
}
