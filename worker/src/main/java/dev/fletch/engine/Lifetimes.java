package dev.fletch.engine;

import dev.fletch.engine.Arena.Life;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When the values and gradients of slots are needed. Step i of n runs forward at time i and
 * backward at time 2n - 1 - i.
 */
final class Lifetimes {
  /** The steps that touch a slot, or a part of it. */
  private static final class Uses {
    private int firstTouch;
    private int lastTouch;
    private int firstBackwardReader = -1;
    private int readers;
    private boolean written;
    private boolean repeated;
  }

  private final Map<Slot, Uses> uses = new LinkedHashMap<>();

  /** Notes step number {@code index}, which comes after all noted before. */
  void add(int index, Step step, List<Slot> reads, List<Slot> writes, boolean repeatable) {
    for (Slot slot : writes) {
      Uses use = touched(slot, index);
      boolean whole = slot.root() == slot && use.firstTouch == index;
      require(!repeatable || whole, index, "writes a part");
      require(!use.repeated, index, "writes what another step repeats");
      use.written = true;
      use.repeated = repeatable;
    }
    for (Slot slot : reads) {
      Uses use = touched(slot, index);
      use.readers++;
      require(!repeatable || !use.repeated, index, "reads what is itself not kept");
      if (use.firstBackwardReader < 0 && (step.backwardReadsInputs() || repeatable)) {
        use.firstBackwardReader = index;
      }
    }
  }

  private static void require(boolean holds, int index, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Step " + index + " cannot be laid out with repeated steps: it " + problem);
    }
  }

  private Uses touched(Slot slot, int index) {
    Uses use = uses.get(slot.root());
    if (use == null) {
      use = new Uses();
      use.firstTouch = index;
      uses.put(slot.root(), use);
    }
    use.lastTouch = index;
    return use;
  }

  boolean isWritten(Slot slot) {
    Uses use = uses.get(slot);
    return use != null && use.written;
  }

  /** Slots that have a gradient: all that steps were said to read or write. */
  List<Slot> touched() {
    return List.copyOf(uses.keySet());
  }

  /** When the values of a written slot are needed. */
  List<Life> ofValue(Slot slot, int steps) {
    Uses use = uses.get(slot);
    int lastForward = use.lastTouch;
    if (use.firstBackwardReader < 0) {
      return List.of(new Life(use.firstTouch, lastForward));
    }
    int end = 2 * steps - 1 - use.firstBackwardReader;
    return use.repeated
        ? List.of(new Life(use.firstTouch, lastForward), new Life(2 * steps - 1 - lastForward, end))
        : List.of(new Life(use.firstTouch, end));
  }

  /** When the gradient of a slot is needed. */
  Life ofGradient(Slot slot, int steps) {
    Uses use = uses.get(slot);
    return new Life(2 * steps - 1 - use.lastTouch, 2 * steps - 1 - use.firstTouch);
  }

  /**
   * When the memory is needed that holds the values of a slot until the backward of its last
   * reader, and its gradient from then on.
   */
  List<Life> ofBoth(Slot slot, int steps) {
    List<Life> lives = new ArrayList<>(ofValue(slot, steps));
    Life last = lives.remove(lives.size() - 1);
    lives.add(new Life(last.first(), ofGradient(slot, steps).last()));
    return lives;
  }

  /**
   * Whether the values of a slot are written by a step and looked at for the last time in the
   * backward of step {@code reader}.
   */
  boolean endsWith(Slot slot, int reader) {
    Uses use = uses.get(slot);
    return use.written && use.lastTouch == reader && use.firstBackwardReader == reader;
  }

  /** Whether no more than one step reads the slot or a part of it. */
  boolean hasOneReader(Slot slot) {
    return slot.root() == slot && uses.get(slot).readers == 1;
  }

  /** Whether the slot's values are computed once more in the backward pass. */
  boolean isRepeated(Slot slot) {
    Uses use = uses.get(slot);
    return use.repeated && use.firstBackwardReader >= 0;
  }

  /** The last step that reads or writes the slot: its backward is the first to touch it. */
  int lastTouch(Slot slot) {
    return uses.get(slot.root()).lastTouch;
  }
}
