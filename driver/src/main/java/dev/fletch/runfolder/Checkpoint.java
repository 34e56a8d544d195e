package dev.fletch.runfolder;

import dev.fletch.gradient.StateVectors;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that training needs to go on after an epoch as if it had never stopped. Holds its vectors
 * without copying.
 *
 * @param nextEpoch the first epoch not yet trained, from 0
 * @param vectors by name: w, alpha, optimizer states, running statistics
 * @param counters by name: optimizer steps
 * @param history the JSON line of every epoch before {@code nextEpoch}
 */
public record Checkpoint(
    int nextEpoch,
    long seed,
    ResultKeys keys,
    SortedMap<String, float[]> vectors,
    SortedMap<String, Long> counters,
    List<String> history) {
  public Checkpoint {
    vectors = Collections.unmodifiableSortedMap(new TreeMap<>(vectors));
    counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    history = List.copyOf(history);
  }

  public Checkpoint(
      int nextEpoch,
      long seed,
      ResultKeys keys,
      Map<String, float[]> vectors,
      Map<String, Long> counters,
      List<String> history) {
    this(nextEpoch, seed, keys, new TreeMap<>(vectors), new TreeMap<>(counters), history);
  }

  /** A state that is on its way and not in a file: only what {@link #vector} asks for. */
  public static Checkpoint of(int nextEpoch, StateVectors state) {
    return new Checkpoint(
        nextEpoch, 0, ResultKeys.of(Map.of()), state.vectors(), state.counters(), List.of());
  }

  /**
   * @param length what the network needs
   * @throws RunFolderRefusedException if the checkpoint was made for a different network
   */
  public float[] vector(String name, int length) {
    float[] vector = vectors.get(name);
    if (vector == null || vector.length != length) {
      throw new RunFolderRefusedException(
          "checkpoint before epoch "
              + nextEpoch
              + ": "
              + name
              + " has "
              + (vector == null ? 0 : vector.length)
              + " values, the network needs "
              + length
              + ": it belongs to another network; choose another output");
    }
    return vector;
  }

  public long counter(String name) {
    Long counter = counters.get(name);
    if (counter == null) {
      throw new RunFolderRefusedException(
          "checkpoint before epoch " + nextEpoch + ": has no " + name + "; choose another output");
    }
    return counter;
  }
}
