package dev.fletch.report.draw;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Port;
import dev.fletch.architecture.PortGene;
import dev.fletch.report.draw.CellLayout.Box;
import java.util.List;

/**
 * A node of a genome: port I above, port J below, each with its operation and activation, and at
 * the right the sign of what joins them, with the node's key.
 */
final class GenomeNodeBox {
  static final double HEIGHT = 64;

  /** Room at the right for the sign. */
  private static final double SIGN = 34;

  private static final double LETTER = 6.3;
  private static final double MARGIN = 6;
  private static final double PORT = 22;

  private GenomeNodeBox() {}

  /** What the longer of both ports says. */
  static String longest(NodeGene node) {
    String i = text(node.i());
    String j = text(node.j());
    return i.length() >= j.length() ? i : j;
  }

  static double width(String label) {
    return MARGIN + LETTER * (label.length() + 3) + 14 + SIGN;
  }

  /** The height at which a port is entered. */
  static double portY(Box box, Port port) {
    return box.y() + (port == Port.I ? -1 : 1) * (PORT / 2 + 3);
  }

  /**
   * @param style further classes: {@code idle} for a node without effect
   */
  static Markup of(NodeGene node, Box box, String style) {
    double signX = box.right() - SIGN / 2;
    return Markup.of(
        "<g class='gene {}'><rect class='frame' x='{}' y='{}' width='{}' height='{}' rx='8'/>"
            + "{}{}<circle cx='{}' cy='{}' r='11'/><text class='sign' x='{}' y='{}'"
            + " text-anchor='middle'>{}</text><text class='key' x='{}' y='{}'"
            + " text-anchor='middle'>{}</text></g>",
        style,
        box.left(),
        box.y() - box.height() / 2,
        box.width(),
        box.height(),
        port(Port.I, node.i(), box),
        port(Port.J, node.j(), box),
        signX,
        box.y() - 6,
        signX,
        box.y() - 1,
        node.aggregation() == Aggregation.ADD ? "+" : "×",
        signX,
        box.y() + 22,
        node.key());
  }

  private static Markup port(Port port, PortGene gene, Box box) {
    double left = box.left() + MARGIN;
    double y = portY(box, port);
    return Markup.of(
        "<g class='op port {}'><rect x='{}' y='{}' width='{}' height='{}' rx='5'/>"
            + "<text x='{}' y='{}'><tspan class='letter'>{} </tspan>{}{}</text></g>",
        OperationStyle.of(gene.operation()) + (gene.operation().isNone() ? " idle" : ""),
        left,
        y - PORT / 2,
        box.width() - MARGIN - SIGN,
        PORT,
        left + 7,
        y + 4,
        port.name(),
        gene.operation().text(),
        activation(gene));
  }

  private static List<Markup> activation(PortGene gene) {
    return gene.activation() == Activation.IDENTITY
        ? List.of()
        : List.of(Markup.of("<tspan class='activation'> {}</tspan>", gene.activation().text()));
  }

  private static String text(PortGene gene) {
    return gene.activation() == Activation.IDENTITY
        ? gene.operation().text()
        : gene.operation().text() + " " + gene.activation().text();
  }
}
