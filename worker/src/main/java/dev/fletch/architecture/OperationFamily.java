package dev.fletch.architecture;

import java.util.List;

/**
 * Operations that are alike but for a size. Families are found by {@link java.util.ServiceLoader}:
 * one that is named in a file {@code META-INF/services/dev.fletch.architecture.OperationFamily} on
 * the class path can be searched, derived, read and written without further ado.
 *
 * <p>How its operations are computed is beyond this package: what lays out networks asks for a
 * family of a narrower type.
 */
public interface OperationFamily {
  /** Its members; the same multiplied ({@link Operation#multiplied}) are then known too. */
  List<Operation> operations();

  /**
   * The family that has {@code operation}, multiplied or not.
   *
   * @throws IllegalArgumentException if no family on the class path has it
   */
  static OperationFamily of(Operation operation) {
    OperationFamily family = KnownOperations.FAMILIES.get(operation);
    if (family == null) {
      throw new IllegalArgumentException(
          "Unknown operation %s: those on the class path are %s; add the library that has it"
              .formatted(operation, Operation.names()));
    }
    return family;
  }
}
