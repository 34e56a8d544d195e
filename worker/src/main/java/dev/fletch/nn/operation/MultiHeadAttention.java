package dev.fletch.nn.operation;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.HalvingPool;
import dev.fletch.nn.SelfAttention;

/**
 * Self-attention among the positions of an example, without a norm; with stride 2 among the maxima
 * of windows of 2 positions a side.
 *
 * @param heads a divisor of the channels
 */
public record MultiHeadAttention(int heads, int stride) implements OperationForm {
  @Override
  public boolean hasWeights() {
    return true;
  }

  @Override
  public Slot layOut(Blocks blocks, String name, Slot input) {
    OperationBlock.requireFits(Attention.ATTENTION, input.channels());
    Slot from = stride == 1 ? input : HalvingPool.of(blocks.plan(), input);
    return SelfAttention.of(blocks.plan(), name, from, heads);
  }

  @Override
  public <T> T read(Reader<T> reader) {
    return reader.attention(this);
  }
}
