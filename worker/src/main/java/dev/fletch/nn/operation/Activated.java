package dev.fletch.nn.operation;

import dev.fletch.engine.ElementFunction;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Elementwise;

/**
 * A function of every value that another form gives.
 *
 * @param inner what is computed first
 */
public record Activated(OperationForm inner, ElementFunction activation) implements OperationForm {
  @Override
  public boolean hasWeights() {
    return inner.hasWeights();
  }

  @Override
  public Slot layOut(Blocks blocks, String name, Slot input) {
    return Elementwise.of(blocks.plan(), activation, inner.layOut(blocks, name, input));
  }

  @Override
  public <T> T read(Reader<T> reader) {
    return reader.activated(this);
  }
}
