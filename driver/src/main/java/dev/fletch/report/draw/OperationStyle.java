package dev.fletch.report.draw;

import dev.fletch.architecture.Operation;
import dev.fletch.nn.operation.OperationBlock;

/** Families of operations that share a colour; the drawing's label tells the members apart. */
final class OperationStyle {
  private OperationStyle() {}

  static String of(Operation operation) {
    return "op-" + OperationBlock.colour(operation);
  }

  /** The same of a function of recurrent cells, each with a colour of its own. */
  static String ofFunction(Operation function) {
    return "op-" + (function.isSkip() ? "skip" : function.text());
  }
}
