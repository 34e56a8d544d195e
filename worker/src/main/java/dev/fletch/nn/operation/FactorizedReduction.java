package dev.fletch.nn.operation;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;

/**
 * Halves an image by two 1x1 convolutions of stride 2 with half of the channels each, the second of
 * the pixels between those of the first: ReLU before them, batch norm after them.
 */
public record FactorizedReduction() implements OperationForm {
  @Override
  public boolean hasWeights() {
    return true;
  }

  @Override
  public Slot layOut(Blocks blocks, String name, Slot input) {
    return blocks.factorizedReduction(name, input, input.channels());
  }

  @Override
  public <T> T read(Reader<T> reader) {
    return reader.factorizedReduction();
  }
}
