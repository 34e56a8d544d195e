package dev.fletch.report.draw;

import dev.fletch.report.draw.CellGraph.Kind;
import dev.fletch.report.draw.CellGraph.Link;
import dev.fletch.report.draw.CellGraph.Spot;
import dev.fletch.report.draw.CellLayout.Box;
import dev.fletch.report.model.FamilyTree;
import dev.fletch.report.model.FamilyTree.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** A family tree as inline SVG: a column of individuals for every generation. */
public final class FamilyDrawing {
  private static final double FOOT = 20;

  private FamilyDrawing() {}

  /**
   * @param tree of at least one member
   * @param fitness how it is written
   */
  public static Markup svg(FamilyTree tree, DoubleFunction<String> fitness) {
    CellLayout layout = CellLayout.of(graph(tree, fitness));
    List<Markup> parts = new ArrayList<>();
    for (Link link : layout.graph().links()) {
      Box from = layout.boxes().get(link.from());
      Box to = layout.boxes().get(link.to());
      parts.add(CellDrawing.edge(link, from.right(), from.y(), to.left(), to.y()));
    }
    for (Spot spot : layout.graph().spots()) {
      Member member = tree.members().get(spot.id());
      parts.add(
          Markup.of(
              "<g><title>{}</title>{}</g>",
              "%d, by %s\n%s".formatted(member.id(), member.origin().text(), member.genome()),
              CellDrawing.box(spot, layout.boxes().get(spot.id()))));
    }
    parts.addAll(generations(tree, layout));
    return Markup.of(
        "<svg class='cell family' style='--natural:{}px' viewBox='0 0 {} {}' role='img'"
            + " aria-label='family tree of individual {}'>{}</svg>",
        layout.width(),
        layout.width(),
        layout.height() + FOOT,
        tree.members().get(tree.members().size() - 1).id(),
        parts);
  }

  /** Parents are of the generation before, so no line is longer than from column to column. */
  private static CellGraph graph(FamilyTree tree, DoubleFunction<String> fitness) {
    List<Member> members = tree.members();
    int first = members.get(0).generation();
    List<Spot> spots = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    Map<Integer, Integer> places = new HashMap<>();
    for (Member member : members) {
      boolean winner = spots.size() == members.size() - 1;
      String style = "origin-" + member.origin().text();
      places.put(member.id(), spots.size());
      spots.add(
          new Spot(
              spots.size(),
              member.generation() - first,
              Kind.OPERATION,
              "#" + member.id() + " · " + fitness.apply(member.fitness()),
              winner ? style + " winner" : style));
      for (int parent : member.parents()) {
        links.add(new Link(places.get(parent), places.get(member.id()), style, true));
      }
    }
    return new CellGraph(spots, links);
  }

  private static List<Markup> generations(FamilyTree tree, CellLayout layout) {
    Map<Integer, Double> columns = new HashMap<>();
    for (Spot spot : layout.graph().spots()) {
      columns.put(tree.members().get(spot.id()).generation(), layout.boxes().get(spot.id()).x());
    }
    return columns.keySet().stream()
        .sorted()
        .map(
            generation ->
                Markup.of(
                    "<text class='tick' x='{}' y='{}' text-anchor='middle'>{}</text>",
                    columns.get(generation),
                    layout.height() + FOOT - 6,
                    "generation " + generation))
        .toList();
  }
}
