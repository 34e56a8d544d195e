package dev.fletch.report.draw;

import dev.fletch.architecture.Operation;
import dev.fletch.nn.operation.OperationBlock;

/** Families of operations that share a colour; the drawing's label tells the members apart. */
final class OperationStyle {
  private OperationStyle() {}

  static String of(Operation operation) {
    return "op-" + OperationBlock.colour(operation);
  }
}
