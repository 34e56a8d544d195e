package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
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

  private record Form(Size size, int stride) implements OwnForm {
    @Override
    public boolean hasWeights() {
      return false;
    }

    @Override
    public Slot layOut(Blocks blocks, String name, Slot input) {
      return blocks.normalizedPool(name, size.max(), size.kernel(), input, stride);
    }
  }

  @Override
  public List<Operation> operations() {
    return List.copyOf(SIZES.keySet());
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    return new Form(SIZES.get(operation), stride);
  }

  @Override
  public String colour() {
    return "pool";
  }
}
