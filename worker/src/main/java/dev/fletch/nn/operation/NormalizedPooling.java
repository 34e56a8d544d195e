package dev.fletch.nn.operation;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;

/**
 * The maximum, or the mean, of {@code kernel} positions a side, then batch norm without gamma and
 * beta, in a search and after it; what is beyond an edge never wins and is not counted.
 *
 * @param kernel odd
 */
public record NormalizedPooling(boolean max, int kernel, int stride) implements OperationForm {
  @Override
  public boolean hasWeights() {
    return false;
  }

  @Override
  public Slot layOut(Blocks blocks, String name, Slot input) {
    return blocks.normalizedPool(name, max, kernel, input, stride);
  }

  @Override
  public <T> T read(Reader<T> reader) {
    return reader.normalizedPooling(this);
  }
}
