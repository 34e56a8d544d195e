package dev.fletch.report.draw;

import dev.fletch.architecture.CellTopology;

/**
 * The states of a cell by the names the drawings use; the genotype's text counts them from 0
 * instead.
 */
public final class StateName {
  /** How states are numbered does not depend on how many nodes there are. */
  private static final CellTopology STATES = CellTopology.convolutional(1);

  private StateName() {}

  /** {@code c_{k-2}} for 0, {@code c_{k-1}} for 1, then the nodes from {@code 0}. */
  public static String of(int state) {
    return STATES.isInput(state)
        ? "c_{k-" + (STATES.inputs() - state) + "}"
        : Integer.toString(STATES.nodeOf(state));
  }

  /** A state of a recurrent cell: its number, as in the genotype's text. */
  public static String ofRecurrent(int state) {
    return Integer.toString(state);
  }

  /** A name for SVG text: what stands in {@code _{ }} is set as an index. */
  static Markup markup(String name) {
    int index = name.indexOf("_{");
    if (index < 0) {
      return Markup.of("{}", name);
    }
    return Markup.of(
        "{}<tspan class='index' dy='3'>{}</tspan>",
        name.substring(0, index),
        name.substring(index + 2, name.length() - 1).replace('-', '−'));
  }
}
