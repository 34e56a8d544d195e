package dev.fletch.nn.operation;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;

/**
 * The maximum, or the mean, of 3x3 pixels; padding never wins and is not counted. In a search batch
 * norm without gamma and beta follows.
 */
public record Pooling(boolean max, int stride) implements OperationForm {
  /** Positions of a window a side. */
  public static final int KERNEL = 3;

  @Override
  public boolean hasWeights() {
    return false;
  }

  @Override
  public Slot layOut(Blocks blocks, String name, Slot input) {
    return blocks.pool(max, input, stride);
  }

  @Override
  public <T> T read(Reader<T> reader) {
    return reader.pooling(this);
  }
}
