package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import dev.fletch.architecture.OperationFamily;
import java.util.Optional;

/** A family of operations that says how its members are computed and drawn. */
public interface OperationBlock extends OperationFamily {
  /** What drawings paint a family in that does not say otherwise. */
  String OTHER = "other";

  /**
   * What an edge computes.
   *
   * @param operation one of this family's
   * @param stride 1, or 2 to halve the image, halves rounded up
   */
  OperationForm form(Operation operation, int stride);

  /**
   * The colour in drawings, where a label tells the members apart: {@code skip}, {@code pool},
   * {@code sep}, {@code dil}, {@code attention} or {@value #OTHER}.
   */
  default String colour() {
    return OTHER;
  }

  /**
   * The colour of one member: that of the family, unless the family is made of others' operations.
   *
   * @param operation one of this family's
   */
  default String colourOf(Operation operation) {
    return colour();
  }

  /**
   * Why the operation cannot have so many channels, in one sentence that says what to do; empty if
   * it can.
   *
   * @param operation one of this family's
   */
  default Optional<String> refusalOf(Operation operation, int channels) {
    return Optional.empty();
  }

  /** Why {@code operation} cannot have so many channels; empty if it can. */
  static Optional<String> refusal(Operation operation, int channels) {
    return of(operation).refusalOf(operation.alone(), channels);
  }

  /**
   * Refuses channels that the operation cannot have, before anything is laid out.
   *
   * @throws IllegalArgumentException naming the operation, the channels and what to do
   */
  static void requireFits(Operation operation, int channels) {
    refusal(operation, channels)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  /**
   * The block that has {@code operation}.
   *
   * @throws IllegalArgumentException if none on the class path has it
   */
  static OperationBlock of(Operation operation) {
    OperationFamily family = OperationFamily.of(operation);
    if (family instanceof OperationBlock block) {
      return block;
    }
    throw new IllegalArgumentException(
        "Cannot compute %s: its family %s says its name only; it must be an OperationBlock"
            .formatted(operation, family.getClass().getName()));
  }

  /** The colour of {@code operation} in drawings. */
  static String colour(Operation operation) {
    return of(operation).colourOf(operation.alone());
  }

  /** What an edge with {@code operation} computes at {@code stride}, however it is joined. */
  static OperationForm formOf(Operation operation, int stride) {
    return of(operation).form(operation.alone(), stride);
  }
}
