package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import java.util.List;

/** {@code max_pool_3x3} and {@code avg_pool_3x3}. */
public final class Pools implements OperationBlock {
  @Override
  public List<Operation> operations() {
    return List.of(Operation.MAX_POOL_3X3, Operation.AVG_POOL_3X3);
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    return new Pooling(operation.equals(Operation.MAX_POOL_3X3), stride);
  }

  @Override
  public String colour() {
    return "pool";
  }
}
