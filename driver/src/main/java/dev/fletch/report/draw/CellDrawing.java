package dev.fletch.report.draw;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.report.draw.CellGraph.Kind;
import dev.fletch.report.draw.CellGraph.Link;
import dev.fletch.report.draw.CellGraph.Spot;
import dev.fletch.report.draw.CellLayout.Box;
import java.util.ArrayList;
import java.util.List;

/** A cell as inline SVG: states as boxes, each operation as a label on its edge. */
public final class CellDrawing {
  private static final double ARROW = 7;

  private CellDrawing() {}

  /**
   * @param title what is drawn, for readers who hear the page
   */
  public static Markup svg(CellGenotype cell, String title) {
    return svg(CellGraph.of(cell), title + ": " + cell.text());
  }

  /**
   * @param title what is drawn, for readers who hear the page
   */
  public static Markup svg(RecurrentCell cell, String title) {
    return svg(CellGraph.of(cell), title + ": " + cell.text());
  }

  private static Markup svg(CellGraph graph, String words) {
    CellLayout layout = CellLayout.of(graph);
    List<Markup> parts = new ArrayList<>();
    layout.graph().links().forEach(link -> parts.add(edge(link, layout)));
    for (Spot spot : layout.graph().spots()) {
      Box box = layout.boxes().get(spot.id());
      parts.add(spot.kind() == Kind.BEND ? bend(spot, box) : box(spot, box));
    }
    return Markup.of(
        "<svg class='cell' style='--natural:{}px' viewBox='0 0 {} {}' role='img'"
            + " aria-label='{}'>{}</svg>",
        layout.width(),
        layout.width(),
        layout.height(),
        words,
        parts);
  }

  private static Markup edge(Link link, CellLayout layout) {
    Box from = layout.boxes().get(link.from());
    Box to = layout.boxes().get(link.to());
    return edge(
        link, from.right(), from.y(), to.left(), link.arrow() ? port(link, layout) : to.y());
  }

  /** From one place to another, with a head where the link has one. */
  static Markup edge(Link link, double start, double startY, double to, double y) {
    double end = to - (link.arrow() ? ARROW : 0);
    double middle = (start + end) / 2;
    Markup curve =
        Markup.of(
            "<path class='edge {}' d='M{} {}C{} {} {} {} {} {}'/>",
            link.style(),
            start,
            startY,
            middle,
            startY,
            middle,
            y,
            end,
            y);
    return link.arrow() ? Markup.join(List.of(curve, head(link.style(), end, y))) : curve;
  }

  private static Markup head(String style, double x, double y) {
    return Markup.of(
        "<path class='head {}' d='M{} {}l{} 4.5l-{} 4.5z'/>", style, x, y - 4.5, ARROW, ARROW);
  }

  /** Edges into one box arrive one below the other, in the order of where they come from. */
  private static double port(Link link, CellLayout layout) {
    Box to = layout.boxes().get(link.to());
    List<Double> arrivals =
        layout.graph().links().stream()
            .filter(l -> l.to() == link.to())
            .map(l -> layout.boxes().get(l.from()).y())
            .sorted()
            .toList();
    int place = arrivals.indexOf(layout.boxes().get(link.from()).y());
    return to.y() + (place + 1.0) / (arrivals.size() + 1) * to.height() - to.height() / 2;
  }

  static Markup bend(Spot spot, Box box) {
    return Markup.of(
        "<path class='edge {}' d='M{} {}H{}'/>", spot.style(), box.left(), box.y(), box.right());
  }

  static Markup box(Spot spot, Box box) {
    return Markup.of(
        "<g class='{} {}'><rect x='{}' y='{}' width='{}' height='{}' rx='{}'/>"
            + "<text x='{}' y='{}' text-anchor='middle'>{}</text></g>",
        spot.kind() == Kind.STATE ? "state" : "op",
        spot.style(),
        box.left(),
        box.y() - box.height() / 2,
        box.width(),
        box.height(),
        spot.kind() == Kind.STATE ? 7.0 : box.height() / 2,
        box.x(),
        box.y() + 4,
        StateName.markup(spot.label()));
  }
}
