package dev.fletch.nn.recurrent;

import dev.fletch.architecture.Operation;
import dev.fletch.engine.recurrent.CellForm;

/** The functions that nodes of a recurrent cell apply, by the names of their operations. */
public final class RecurrentFunctions {
  private RecurrentFunctions() {}

  /**
   * The number of a function for {@link CellForm#columns}.
   *
   * @throws IllegalArgumentException if a recurrent cell has no such operation
   */
  public static int number(Operation operation) {
    return switch (operation.text()) {
      case "none" -> CellForm.NONE;
      case "tanh" -> CellForm.TANH;
      case "relu" -> CellForm.RELU;
      case "sigmoid" -> CellForm.SIGMOID;
      case "identity" -> CellForm.IDENTITY;
      default ->
          throw new IllegalArgumentException(
              "operations of a recurrent cell must be of none, tanh, relu, sigmoid and identity,"
                  + " got "
                  + operation);
    };
  }
}
