package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import java.util.List;

/** {@code none}: no edge at all. */
public final class NoOperation implements OperationBlock {
  @Override
  public List<Operation> operations() {
    return List.of(Operation.NONE);
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    return new Zero();
  }
}
