package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for a way to see one phenotype in another: each node of the one is tried with those of the
 * other that have its place, from the input on.
 */
final class PhenotypeMatch {
  private final Phenotype one;
  private final Phenotype other;
  private final long[] colours;
  private final long[] otherColours;

  /** The state of the other that stands for each state of the one, as far as it has come. */
  private final int[] partner;

  private final boolean[] taken;

  PhenotypeMatch(Phenotype one, Phenotype other) {
    this.one = one;
    this.other = other;
    this.colours = new NodeColours(one).colours();
    this.otherColours = new NodeColours(other).colours();
    this.partner = new int[colours.length + 1];
    this.taken = new boolean[otherColours.length];
  }

  Optional<Map<Phenotype.Place, Phenotype.Place>> places() {
    if (!Arrays.equals(sorted(colours), sorted(otherColours)) || !matchesFrom(0)) {
      return Optional.empty();
    }
    Map<Phenotype.Place, Phenotype.Place> places = new LinkedHashMap<>();
    for (int n = 0; n < colours.length; n++) {
      Phenotype.Node node = one.nodes().get(n);
      Phenotype.Node there = other.nodes().get(partner[n + 1] - 1);
      ports(node, there)
          .forEach(
              (port, portThere) ->
                  places.put(
                      new Phenotype.Place(node.key(), port),
                      new Phenotype.Place(there.key(), portThere)));
    }
    return Optional.of(places);
  }

  private static long[] sorted(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** All that {@code node} reads has a partner already, since nodes stand after what they read. */
  private boolean matchesFrom(int node) {
    if (node == colours.length) {
      return true;
    }
    for (int candidate = 0; candidate < taken.length; candidate++) {
      if (!taken[candidate]
          && colours[node] == otherColours[candidate]
          && areAlike(node, candidate)) {
        taken[candidate] = true;
        partner[node + 1] = candidate + 1;
        if (matchesFrom(node + 1)) {
          return true;
        }
        taken[candidate] = false;
      }
    }
    return false;
  }

  private boolean areAlike(int node, int candidate) {
    Phenotype.Node here = one.nodes().get(node);
    Phenotype.Node there = other.nodes().get(candidate);
    boolean bothAreOutput = (node == colours.length - 1) == (candidate == taken.length - 1);
    return bothAreOutput
        && here.inputs().size() == there.inputs().size()
        && NodeColours.aggregation(here) == NodeColours.aggregation(there)
        && ports(here, there).size() == here.inputs().size();
  }

  /** For each port of the one node that of the other which does the same with the same states. */
  private Map<Port, Port> ports(Phenotype.Node here, Phenotype.Node there) {
    Map<Port, Port> ports = new EnumMap<>(Port.class);
    List<Phenotype.Input> left = new ArrayList<>(there.inputs());
    for (Phenotype.Input input : here.inputs()) {
      List<Integer> states = input.states().stream().map(s -> partner[s]).sorted().toList();
      left.stream()
          .filter(found -> found.gene().equals(input.gene()) && found.states().equals(states))
          .findFirst()
          .ifPresent(
              found -> {
                left.remove(found);
                ports.put(input.port(), found.port());
              });
    }
    return ports;
  }
}
