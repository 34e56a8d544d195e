package dev.fletch.architecture;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a node of a genome does with what enters one of its ports: an operation, then an activation.
 *
 * @param operation {@link Operation#NONE} closes the port, whatever enters it
 */
public record PortGene(Operation operation, Activation activation) implements Serializable {
  /** Between operation and activation in texts. */
  static final char SEPARATOR = '+';

  public PortGene {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(activation, "activation");
    if (operation.aggregation() != Aggregation.ADD) {
      throw new IllegalArgumentException(
          "Invalid genome: a port has %s, but its node says whether it multiplies; write %s"
              .formatted(operation, operation.alone()));
    }
  }

  /** {@code sep_conv_3x3+relu}; the identity is not written. */
  @Override
  public String toString() {
    return activation == Activation.IDENTITY
        ? operation.text()
        : operation.text() + SEPARATOR + activation.text();
  }
}
