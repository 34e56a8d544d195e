package dev.fletch.report.draw;

import dev.fletch.report.draw.CellGraph.Link;
import dev.fletch.report.draw.CellGraph.Spot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Orders the spots of each layer so that few edges cross. */
final class CrossingReduction {
  private final CellGraph graph;
  private final Map<Integer, Integer> layerOf = new HashMap<>();

  CrossingReduction(CellGraph graph) {
    this.graph = graph;
    graph.layers().forEach(layer -> layer.forEach(s -> layerOf.put(s.id(), s.layer())));
  }

  /** The best order seen in {@code sweeps} sweeps to the right and to the left. */
  List<List<Spot>> layers(int sweeps) {
    List<List<Spot>> layers = new ArrayList<>(graph.layers());
    List<List<Spot>> best = List.copyOf(layers);
    int fewest = crossings(best);
    for (int sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
      boolean rightwards = sweep % 2 == 0;
      for (int i = 1; i < layers.size(); i++) {
        int layer = rightwards ? i : layers.size() - 1 - i;
        layers.set(layer, sorted(layers, layer, rightwards ? layer - 1 : layer + 1));
      }
      int now = crossings(layers);
      if (now < fewest) {
        fewest = now;
        best = List.copyOf(layers);
      }
    }
    return best;
  }

  private List<Spot> sorted(List<List<Spot>> layers, int layer, int fixed) {
    Map<Integer, Integer> place = places(layers.get(fixed));
    Map<Integer, Integer> own = places(layers.get(layer));
    Comparator<Spot> byBarycentre =
        Comparator.comparingDouble(
            spot ->
                graph.links().stream()
                    .filter(l -> l.from() == spot.id() || l.to() == spot.id())
                    .map(l -> l.from() == spot.id() ? l.to() : l.from())
                    .filter(place::containsKey)
                    .mapToInt(place::get)
                    .average()
                    .orElse(own.get(spot.id())));
    return layers.get(layer).stream().sorted(byBarycentre).toList();
  }

  private int crossings(List<List<Spot>> layers) {
    Map<Integer, Integer> place = new HashMap<>();
    layers.forEach(layer -> place.putAll(places(layer)));
    int crossings = 0;
    List<Link> links = graph.links();
    for (int a = 0; a < links.size(); a++) {
      for (int b = a + 1; b < links.size(); b++) {
        Link one = links.get(a);
        Link other = links.get(b);
        if (layerOf.get(one.from()).equals(layerOf.get(other.from()))) {
          int from = Integer.compare(place.get(one.from()), place.get(other.from()));
          int to = Integer.compare(place.get(one.to()), place.get(other.to()));
          crossings += from * to < 0 ? 1 : 0;
        }
      }
    }
    return crossings;
  }

  private static Map<Integer, Integer> places(List<Spot> layer) {
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < layer.size(); i++) {
      places.put(layer.get(i).id(), i);
    }
    return places;
  }
}
