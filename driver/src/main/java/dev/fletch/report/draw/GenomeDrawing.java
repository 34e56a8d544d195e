package dev.fletch.report.draw;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Port;
import dev.fletch.report.draw.CellGraph.Kind;
import dev.fletch.report.draw.CellGraph.Link;
import dev.fletch.report.draw.CellGraph.Spot;
import dev.fletch.report.draw.CellLayout.Box;
import dev.fletch.report.draw.GenomeGraph.Wire;
import java.util.ArrayList;
import java.util.List;

/** A genome as inline SVG: nodes as boxes with two ports, enabled connections as lines. */
public final class GenomeDrawing {
  private GenomeDrawing() {}

  /**
   * @param title what is drawn, for readers who hear the page
   */
  public static Markup svg(Genome genome, String title) {
    GenomeGraph drawn = GenomeGraph.of(genome);
    CellLayout layout = CellLayout.of(drawn.graph());
    List<Markup> parts = new ArrayList<>();
    drawn.wires().forEach(wire -> parts.add(wire(wire, layout)));
    for (Spot spot : drawn.graph().spots()) {
      Box box = layout.boxes().get(spot.id());
      parts.add(
          switch (spot.kind()) {
            case BEND -> CellDrawing.bend(spot, box);
            case GENE -> GenomeNodeBox.of(drawn.nodes().get(spot.id()), box, spot.style());
            case STATE, OPERATION -> CellDrawing.box(spot, box);
          });
    }
    return Markup.of(
        "<svg class='cell genome' style='--natural:{}px' viewBox='0 0 {} {}' role='img'"
            + " aria-label='{}'>{}</svg>",
        layout.width(),
        layout.width(),
        layout.height(),
        title + ": " + genome.text(),
        parts);
  }

  private static Markup wire(Wire wire, CellLayout layout) {
    Link link = wire.link();
    Box to = layout.boxes().get(link.to());
    Port port = wire.port();
    double y = port == null ? to.y() : GenomeNodeBox.portY(to, port);
    boolean fromNode = layout.graph().spots().get(link.from()).kind() == Kind.GENE;
    Box from = layout.boxes().get(link.from());
    // a node gives its value where its sign stands
    double start = from.y() - (fromNode ? 6 : 0);
    return CellDrawing.edge(link, from.right(), start, to.left(), y);
  }
}
