package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import java.util.List;
import java.util.Optional;

/**
 * {@code attention}: multi-head self-attention among the words of a text or the pixels of an image,
 * without a norm. With stride 2 it is among the maxima of windows of 2 positions a side.
 */
public final class Attention implements OperationBlock {
  private static final int HEADS = 8;
  static final Operation ATTENTION = new Operation("attention");

  @Override
  public List<Operation> operations() {
    return List.of(ATTENTION);
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    return new MultiHeadAttention(HEADS, stride);
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
