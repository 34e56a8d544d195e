package dev.fletch.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Which memory a plan needs, and when.
 *
 * @param permanent what is needed as long as the plan lives
 * @param values of each slot
 * @param gradients of each slot
 */
record PlanMemory(
    DataType type,
    List<Plan.Entry> steps,
    Lifetimes lifetimes,
    List<Storage> permanent,
    Map<Slot, Storage> values,
    Map<Slot, Storage> gradients) {
  /** Where everything may lie. */
  Arena arena() {
    Arena arena = new Arena(type);
    List<Arena.Life> always = List.of(new Arena.Life(0, 2 * steps.size()));
    permanent.forEach(storage -> arena.reserve(storage, always));
    Set<Slot> overwritten = overwritten();
    values.forEach(
        (slot, storage) -> {
          if (overwritten.contains(slot)) {
            arena.reserve(
                List.of(storage, gradients.get(slot)), lifetimes.ofBoth(slot, steps.size()));
          } else {
            arena.reserve(
                storage,
                lifetimes.isWritten(slot) ? lifetimes.ofValue(slot, steps.size()) : always);
          }
        });
    for (Slot slot : lifetimes.touched()) {
      if (!overwritten.contains(slot)) {
        arena.reserve(gradients.get(slot), List.of(lifetimes.ofGradient(slot, steps.size())));
      }
    }
    return arena;
  }

  /** The slots whose gradient takes the place of their values. */
  private Set<Slot> overwritten() {
    Set<Slot> slots = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).step().overwritesValues()) {
        for (Slot slot : steps.get(i).step().assignedGradients()) {
          if (lifetimes.endsWith(slot, i)) {
            slots.add(slot);
          }
        }
      }
    }
    return slots;
  }
}
