package dev.fletch.toy;

import dev.fletch.architecture.Operation;
import dev.fletch.engine.ElementFunction;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Elementwise;
import dev.fletch.nn.HalvingPool;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OperationForm;
import dev.fletch.nn.operation.OwnForm;
import java.util.List;

/** A family that the program does not have: {@code toy_relu}, of steps that are its own. */
public final class ToyOperations implements OperationBlock {
  private record Form(int stride) implements OwnForm {
    @Override
    public boolean hasWeights() {
      return false;
    }

    @Override
    public Slot layOut(Blocks blocks, String name, Slot input) {
      Slot from = stride == 1 ? input : HalvingPool.of(blocks.plan(), input);
      return Elementwise.of(blocks.plan(), ElementFunction.RELU, from);
    }
  }

  @Override
  public List<Operation> operations() {
    return List.of(new Operation("toy_relu"));
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    return new Form(stride);
  }
}
