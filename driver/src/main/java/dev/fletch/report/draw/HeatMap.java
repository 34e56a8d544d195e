package dev.fletch.report.draw;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Genotype;
import dev.fletch.report.model.Figures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;

/** Mixing weights of one cell as inline SVG: a row per edge, a column per operation. */
public final class HeatMap {
  private static final double ROW = 22;
  private static final double COLUMN = 42;
  private static final double LABELS = 76;
  private static final double HEAD = 78;
  private static final double NODE_GAP = 7;

  /** Squares above this opacity carry their number in the page's light colour. */
  public static final double FULL = 0.75;

  /** Whose edges there are, and what their ends are called; the same for any number of nodes. */
  public enum Cells {
    CONVOLUTIONAL(CellTopology.convolutional(1), StateName::of),
    RECURRENT(CellTopology.recurrent(1), StateName::ofRecurrent);

    private final CellTopology edges;
    private final IntFunction<String> names;

    Cells(CellTopology edges, IntFunction<String> names) {
      this.edges = edges;
      this.names = names;
    }

    private String from(int edge) {
      return names.apply(edges.stateOfEdge(edge));
    }

    private String to(int edge) {
      return names.apply(edges.stateOf(edges.nodeOfEdge(edge)));
    }
  }

  private HeatMap() {}

  /**
   * The full map, labelled.
   *
   * @param cell {@code normal}, {@code reduction} or {@code recurrent}
   * @param outlined places in the row-major weights that the genotype kept
   * @param highest weight drawn in full colour
   */
  public static Markup labelled(
      String cell,
      Cells cells,
      List<String> operations,
      List<List<Double>> weights,
      Set<Integer> outlined,
      double highest) {
    List<Markup> parts = new ArrayList<>();
    for (int o = 0; o < operations.size(); o++) {
      double x = LABELS + (o + 0.5) * COLUMN;
      parts.add(
          Markup.of(
              "<text class='tick' x='{}' y='{}' transform='rotate(-42 {} {})'>{}</text>",
              x,
              HEAD - 5,
              x,
              HEAD - 5,
              operations.get(o)));
    }
    for (int e = 0; e < weights.size(); e++) {
      double y = HEAD + e * ROW + cells.edges.nodeOfEdge(e) * NODE_GAP;
      parts.add(edgeLabel(cells, e, y + 15));
      for (int o = 0; o < operations.size(); o++) {
        int index = e * operations.size() + o;
        String name = cells.from(e) + " → " + cells.to(e) + ", " + operations.get(o);
        parts.add(
            square(index, o, y, weights.get(e).get(o), highest, outlined.contains(index), name));
      }
    }
    double height =
        HEAD + weights.size() * ROW + cells.edges.nodeOfEdge(weights.size() - 1) * NODE_GAP + 3;
    return Markup.of(
        "<svg class='heat' data-cell='{}' viewBox='0 0 {} {}' role='img'"
            + " aria-label='mixing weights of the {} cell'>{}</svg>",
        cell,
        LABELS + operations.size() * COLUMN + 44,
        height,
        cell,
        parts);
  }

  /**
   * A map without labels, for a row of many.
   *
   * @param scale coloured from nothing at its low end to full at its high end
   */
  public static Markup small(Cells cells, List<List<Double>> weights, Scale scale) {
    List<Markup> parts = new ArrayList<>();
    int columns = weights.isEmpty() ? 0 : weights.get(0).size();
    for (int e = 0; e < weights.size(); e++) {
      for (int o = 0; o < columns; o++) {
        parts.add(
            Markup.of(
                "<rect class='w' x='{}' y='{}' width='7.4' height='5.4' fill-opacity='{}'/>",
                o * 8.0,
                e * 6.0 + cells.edges.nodeOfEdge(e) * 2.0,
                scale.at(weights.get(e).get(o))));
      }
    }
    double height =
        weights.size() * 6.0 + cells.edges.nodeOfEdge(Math.max(0, weights.size() - 1)) * 2;
    return Markup.of("<svg viewBox='0 0 {} {}'>{}</svg>", columns * 8.0, height, parts);
  }

  /**
   * Places in the row-major weights that the genotype kept.
   *
   * @param kind of cell whose weights they are
   */
  public static Set<Integer> kept(Genotype genotype, int kind, List<String> operations) {
    Set<Integer> kept = new HashSet<>();
    CellTopology edges = genotype.topology();
    for (int node = 0; node < edges.nodes(); node++) {
      for (Gene gene : genotype.genes(kind, node)) {
        int column = operations.indexOf(gene.operation().text());
        if (column >= 0) {
          kept.add(edges.edge(node, gene.input()) * operations.size() + column);
        }
      }
    }
    return kept;
  }

  static double opacity(double weight, double highest) {
    return Math.min(1, Math.max(0, weight / highest));
  }

  private static Markup edgeLabel(Cells cells, int edge, double y) {
    String from = cells.from(edge);
    return Markup.of(
        "<text class='edge-name' x='{}' y='{}' text-anchor='end'>{}"
            + "<tspan{}> → {}</tspan></text>",
        LABELS - 8,
        y,
        StateName.markup(from),
        from.contains("_") ? Markup.of(" dy='-3'") : Markup.NONE,
        cells.to(edge));
  }

  private static Markup square(
      int index,
      int column,
      double y,
      double weight,
      double highest,
      boolean outlined,
      String name) {
    double x = LABELS + column * COLUMN;
    double opacity = opacity(weight, highest);
    return Markup.of(
        "<g class='{}' data-i='{}'><title>{}: {}</title>"
            + "<rect class='w' x='{}' y='{}' width='{}' height='{}' rx='2' fill-opacity='{}'/>"
            + "<text class='{}' x='{}' y='{}' text-anchor='middle'>{}</text></g>",
        outlined ? "kept" : "",
        index,
        name,
        Figures.decimals(weight),
        x + 1,
        y + 1,
        COLUMN - 2,
        ROW - 2,
        opacity,
        opacity > FULL ? "full" : "",
        x + COLUMN / 2,
        y + 15,
        String.format(Locale.ROOT, "%.2f", weight));
  }
}
