package dev.fletch.engine;

import dev.fletch.engine.Plan.Entry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has to happen before the backward of a step: gradients that are added to have to be zero,
 * values that were not kept have to be computed again. The first step that touches a gradient may
 * set it instead.
 */
final class BackwardSchedule {
  private final Map<Slot, List<Entry>> writers = new HashMap<>();
  private final BitSet setters = new BitSet();
  private final List<List<Slot>> zeroed = new ArrayList<>();
  private final List<List<Entry>> repeated = new ArrayList<>();

  /**
   * @param steps in forward order
   */
  BackwardSchedule(List<Entry> steps, Lifetimes lifetimes) {
    Set<Slot> set = new HashSet<>();
    for (Entry entry : steps) {
      zeroed.add(new ArrayList<>());
      repeated.add(new ArrayList<>());
      set.addAll(entry.step().assignedGradients());
      for (Slot slot : entry.writes()) {
        writers.computeIfAbsent(slot.root(), s -> new ArrayList<>()).add(entry);
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      if (isSetter(steps.get(i), i, lifetimes)) {
        setters.set(i);
        set.add(steps.get(i).reads().get(0));
      }
    }
    for (Slot slot : lifetimes.touched()) {
      if (!set.contains(slot)) {
        zeroed.get(lifetimes.lastTouch(slot)).add(slot);
      }
    }
    for (Entry entry : steps) {
      if (entry.repeatable() && lifetimes.isRepeated(entry.writes().get(0))) {
        repeated.get(lifetimes.lastTouch(entry.writes().get(0))).add(entry);
      }
    }
  }

  private boolean isSetter(Entry entry, int step, Lifetimes lifetimes) {
    if (!entry.step().canSetGradient() || entry.reads().size() != 1) {
      return false;
    }
    Slot slot = entry.reads().get(0);
    return slot.root() == slot
        && lifetimes.lastTouch(slot) == step
        && (entry.guard() == null || isGuardedAsWritten(slot, entry.guard()));
  }

  /** Whether a pass that leaves out a step also leaves out all that would look at the gradient. */
  private boolean isGuardedAsWritten(Slot slot, Guard guard) {
    return writers.containsKey(slot)
        && writers.get(slot).stream().allMatch(writer -> writer.guard() == guard);
  }

  /** Whether the step has to set the gradient of what it reads. */
  boolean setsGradient(int step) {
    return setters.get(step);
  }

  /** The gradients that have to be zero before the backward of a step, and are looked at. */
  List<Matrix> zeroedBefore(int step, Pass pass) {
    Stream<Slot> seen = zeroed.get(step).stream().filter(slot -> isSeen(slot, pass));
    return seen.map(Slot::gradient).collect(Collectors.toList());
  }

  /** Nobody looks at a gradient if none of the steps ran that wrote its slot. */
  private boolean isSeen(Slot slot, Pass pass) {
    List<Entry> of = writers.getOrDefault(slot, List.of());
    return of.isEmpty() || of.stream().anyMatch(writer -> writer.runs(pass));
  }

  /** The steps that have to run once more before the backward of a step. */
  List<Entry> repeatedBefore(int step) {
    return repeated.get(step);
  }
}
