package dev.fletch.architecture;

import java.io.Serializable;
import java.util.Objects;

/**
 * One chosen edge of a cell: an operation and the state it is applied to.
 *
 * @param operation any operation but {@link Operation#NONE}, which means "no edge"
 * @param input state number, as a {@link CellTopology} counts them: the cell's inputs come first
 */
public record Gene(Operation operation, int input) implements Serializable {
  public Gene {
    Objects.requireNonNull(operation, "operation");
    if (operation.isNone()) {
      throw new IllegalArgumentException(
          "Invalid gene none:" + input + ": a genotype leaves an edge out instead of naming none");
    }
    if (input < 0) {
      throw new IllegalArgumentException(
          "Invalid gene " + operation + ":" + input + ": the input must be >= 0");
    }
  }

  /** As in the text form of a genotype: {@code sep_conv_3x3:0}. */
  @Override
  public String toString() {
    return operation.text() + ":" + input;
  }
}
