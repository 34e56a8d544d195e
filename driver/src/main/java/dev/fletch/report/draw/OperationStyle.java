package dev.fletch.report.draw;

import dev.fletch.architecture.Operation;

/** Families of operations that share a colour; the drawing's label tells the members apart. */
final class OperationStyle {
  private OperationStyle() {}

  static String of(Operation operation) {
    return switch (operation) {
      case SKIP_CONNECT -> "op-skip";
      case MAX_POOL_3X3, AVG_POOL_3X3 -> "op-pool";
      case SEP_CONV_3X3, SEP_CONV_5X5, SEP_CONV_7X7 -> "op-sep";
      case DIL_CONV_3X3, DIL_CONV_5X5 -> "op-dil";
      case NONE -> "op-other";
    };
  }
}
