package dev.fletch.nn.operation;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;

/** Zeros: an edge that adds nothing to its node. It is never laid out. */
public record Zero() implements OperationForm {
  @Override
  public boolean hasWeights() {
    return false;
  }

  @Override
  public Slot layOut(Blocks blocks, String name, Slot input) {
    throw new UnsupportedOperationException(name + " adds nothing, so it has no steps");
  }

  @Override
  public <T> T read(Reader<T> reader) {
    return reader.zero();
  }
}
