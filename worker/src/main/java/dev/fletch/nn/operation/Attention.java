package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.HalvingPool;
import dev.fletch.nn.SelfAttention;
import java.util.List;
import java.util.Optional;

/**
 * {@code attention}: multi-head self-attention among the words of a text or the pixels of an image,
 * without a norm. With stride 2 it is among the maxima of windows of 2 positions a side.
 */
public final class Attention implements OperationBlock {
  private static final int HEADS = 8;
  private static final Operation ATTENTION = new Operation("attention");

  private record Form(int stride) implements OwnForm {
    @Override
    public boolean hasWeights() {
      return true;
    }

    @Override
    public Slot layOut(Blocks blocks, String name, Slot input) {
      OperationBlock.requireFits(ATTENTION, input.channels());
      Slot from = stride == 1 ? input : HalvingPool.of(blocks.plan(), input);
      return SelfAttention.of(blocks.plan(), name, from, HEADS);
    }
  }

  @Override
  public List<Operation> operations() {
    return List.of(ATTENTION);
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    return new Form(stride);
  }

  @Override
  public String colour() {
    return "attention";
  }

  @Override
  public Optional<String> refusalOf(Operation operation, int channels) {
    return channels % HEADS == 0
        ? Optional.empty()
        : Optional.of(
            "%s divides its channels among %d heads and cannot have %d: take a multiple of %d"
                .formatted(operation, HEADS, channels, HEADS));
  }
}
