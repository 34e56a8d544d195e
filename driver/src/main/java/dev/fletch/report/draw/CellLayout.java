package dev.fletch.report.draw;

import dev.fletch.report.draw.CellGraph.Kind;
import dev.fletch.report.draw.CellGraph.Link;
import dev.fletch.report.draw.CellGraph.Spot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Coordinates for a {@link CellGraph}, left to right: layers are columns, wide enough for their
 * boxes; within a column the order with the fewest crossings found by barycentre sweeps (Sugiyama,
 * Tagawa and Toda, 1981) is kept, and heights follow the neighbours as far as the distances between
 * boxes allow.
 *
 * @param boxes by id of the spot
 */
record CellLayout(CellGraph graph, Map<Integer, Box> boxes, double width, double height) {
  private static final double GAP = 28;
  private static final double MARGIN = 4;
  private static final int SWEEPS = 12;

  /** A rectangle by its centre; a bend has no height and spans its column. */
  record Box(double x, double y, double width, double height) {
    double left() {
      return x - width / 2;
    }

    double right() {
      return x + width / 2;
    }

    boolean overlaps(Box other) {
      return Math.abs(x - other.x) < (width + other.width) / 2
          && Math.abs(y - other.y) < (height + other.height) / 2;
    }
  }

  static CellLayout of(CellGraph graph) {
    List<List<Spot>> layers = new CrossingReduction(graph).layers(SWEEPS);
    Map<Integer, Double> heights = heights(graph, layers);
    double top =
        layers.stream()
            .flatMap(List::stream)
            .mapToDouble(s -> heights.get(s.id()) - height(s) / 2)
            .min()
            .orElse(0);
    Map<Integer, Box> boxes = new HashMap<>();
    double x = MARGIN;
    double bottom = 0;
    for (List<Spot> layer : layers) {
      double column = layer.stream().mapToDouble(CellLayout::width).max().orElse(0);
      for (Spot spot : layer) {
        double y = heights.get(spot.id()) - top + MARGIN;
        double width = spot.kind() == Kind.BEND ? column : width(spot);
        boxes.put(spot.id(), new Box(x + column / 2, y, width, height(spot)));
        bottom = Math.max(bottom, y + height(spot) / 2);
      }
      x += column + GAP;
    }
    return new CellLayout(graph, Map.copyOf(boxes), x - GAP + MARGIN, bottom + MARGIN);
  }

  private static Map<Integer, Double> heights(CellGraph graph, List<List<Spot>> layers) {
    Map<Integer, Double> heights = new HashMap<>();
    for (List<Spot> layer : layers) {
      double y = 0;
      for (Spot spot : layer) {
        heights.put(spot.id(), y);
        y += 30;
      }
    }
    for (int sweep = 0; sweep < 4 * SWEEPS; sweep++) {
      List<List<Spot>> order = new ArrayList<>(layers);
      if (sweep % 2 == 1) {
        order.sort(Comparator.comparingInt(l -> -l.get(0).layer()));
      }
      for (List<Spot> layer : order) {
        settle(layer, graph, heights);
      }
    }
    return heights;
  }

  /**
   * Moves one column's spots as near to the mean of their neighbours as order and distances allow.
   */
  private static void settle(List<Spot> layer, CellGraph graph, Map<Integer, Double> heights) {
    double[] wanted = new double[layer.size()];
    double[] weights = new double[layer.size()];
    double[] offset = new double[layer.size()];
    for (int i = 0; i < layer.size(); i++) {
      Spot spot = layer.get(i);
      for (Link link : graph.links()) {
        if (link.from() == spot.id() || link.to() == spot.id()) {
          Spot other = graph.spots().get(link.from() == spot.id() ? link.to() : link.from());
          double weight = straightness(spot, other);
          wanted[i] += weight * heights.get(other.id());
          weights[i] += weight;
        }
      }
      boolean alone = weights[i] == 0;
      wanted[i] = alone ? heights.get(spot.id()) : wanted[i] / weights[i];
      weights[i] = alone ? 1 : weights[i];
      offset[i] = i == 0 ? 0 : offset[i - 1] + distance(layer.get(i - 1), layer.get(i));
    }
    double[] placed = Isotonic.nearest(wanted, weights, offset);
    for (int i = 0; i < layer.size(); i++) {
      heights.put(layer.get(i).id(), placed[i]);
    }
  }

  /** Long edges should not wiggle: bends hold on to each other (Gansner et al., 1993). */
  private static double straightness(Spot one, Spot other) {
    int bends = (one.kind() == Kind.BEND ? 1 : 0) + (other.kind() == Kind.BEND ? 1 : 0);
    return bends == 2 ? 8 : 1 + bends;
  }

  private static double distance(Spot upper, Spot lower) {
    return (height(upper) + height(lower)) / 2 + 12;
  }

  private static double width(Spot spot) {
    return switch (spot.kind()) {
      case STATE -> 44;
      case OPERATION -> 16 + 6.6 * spot.label().length();
      case BEND -> 0;
      case GENE -> GenomeNodeBox.width(spot.label());
    };
  }

  private static double height(Spot spot) {
    return switch (spot.kind()) {
      case STATE -> spot.style().equals("output") ? 44 : 32;
      case OPERATION -> 24;
      case BEND -> 2;
      case GENE -> GenomeNodeBox.HEIGHT;
    };
  }
}
