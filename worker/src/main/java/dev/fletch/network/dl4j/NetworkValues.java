package dev.fletch.network.dl4j;

import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.network.ArchitectureNetwork;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The flat vectors of a candidate network by the names of their parts; notes which were read. */
final class NetworkValues {
  private final Map<String, float[]> weights = new HashMap<>();
  private final Map<String, float[]> means = new HashMap<>();
  private final Map<String, float[]> variances = new HashMap<>();
  private final Set<String> unread = new TreeSet<>();

  /** All but the auxiliary head's. */
  NetworkValues(ArchitectureNetwork network, float[] weights, float[] statistics) {
    for (WeightSlot slot : network.weightSlots()) {
      if (!ArchitectureNetwork.isAuxiliary(slot.name())) {
        put(this.weights, slot.name(), weights, slot.offset(), slot.length());
      }
    }
    for (StatisticsSlot slot : network.statisticsSlots()) {
      if (!ArchitectureNetwork.isAuxiliary(slot.name())) {
        put(means, slot.name(), statistics, slot.offset(), slot.channels());
        put(variances, slot.name(), statistics, slot.variances(), slot.channels());
      }
    }
  }

  private void put(Map<String, float[]> into, String name, float[] all, int from, int length) {
    into.put(name, Arrays.copyOfRange(all, from, from + length));
    unread.add(name);
  }

  /** In C order of its shape in the network. */
  float[] weight(String name) {
    return of(weights, name);
  }

  /** Running means of a batch norm. */
  float[] means(String name) {
    return of(means, name);
  }

  /** Running variances of a batch norm. */
  float[] variances(String name) {
    return of(variances, name);
  }

  private float[] of(Map<String, float[]> values, String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalStateException("The network has nothing of the name " + name);
    }
    unread.remove(name);
    return found;
  }

  /** The names of all that nobody has asked for. */
  Set<String> unread() {
    return unread;
  }
}
