package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import java.util.List;
import java.util.Map;

/**
 * {@code max_pool_K} and {@code avg_pool_K}, on images and texts alike: pooling over K positions a
 * side, then batch norm without gamma and beta, in a search and after it.
 */
public final class NormalizedPools implements OperationBlock {
  private record Size(boolean max, int kernel) {}

  private static final Map<Operation, Size> SIZES =
      Map.of(
          new Operation("max_pool_3"), new Size(true, 3),
          new Operation("max_pool_5"), new Size(true, 5),
          new Operation("avg_pool_3"), new Size(false, 3),
          new Operation("avg_pool_5"), new Size(false, 5));

  @Override
  public List<Operation> operations() {
    return List.copyOf(SIZES.keySet());
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    Size size = SIZES.get(operation);
    return new NormalizedPooling(size.max(), size.kernel(), stride);
  }

  @Override
  public String colour() {
    return "pool";
  }
}
