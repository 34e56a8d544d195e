package dev.fletch.nn.operation;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;

/** The state as it is; drop path leaves it alone. */
public record Identity() implements OperationForm {
  @Override
  public boolean hasWeights() {
    return false;
  }

  @Override
  public Slot layOut(Blocks blocks, String name, Slot input) {
    return input;
  }

  @Override
  public <T> T read(Reader<T> reader) {
    return reader.identity();
  }
}
