package dev.fletch.nn.operation;

import dev.fletch.engine.NormalizedProduct;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;
import java.util.List;

/**
 * One or more rounds of ReLU, depthwise convolution, 1x1 convolution and batch norm.
 *
 * @param rounds at least one
 */
public record Convolutions(List<Round> rounds) implements OperationForm {
  /** Layers of a round, which is how far the indices in its weights' names go. */
  private static final int LAYERS = 4;

  /**
   * One round.
   *
   * @param kernel of the depthwise convolution, odd
   * @param dilation pixels from one of its taps to the next
   */
  public record Round(int kernel, int stride, int dilation) {}

  public Convolutions {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("Invalid convolutions: there must be at least one round");
    }
  }

  /** What the names of a layer's weights start with: {@code NAME.op.5} for layer 1 of round 1. */
  public static String layer(String name, int round, int layer) {
    return name + ".op." + (LAYERS * round + layer);
  }

  @Override
  public boolean hasWeights() {
    return true;
  }

  @Override
  public Slot layOut(Blocks blocks, String name, Slot input) {
    Slot output = output(blocks, input);
    Centred last = untilLastProduct(blocks, name, input, output);
    Slot result = blocks.plan().slot(input.channels(), output.extent());
    int round = rounds.size() - 1;
    blocks.pointwiseNorm(weight(name, round, 2), layer(name, round, 3), last, result);
    return result;
  }

  /**
   * Lays out all but the last 1x1 convolution and batch norm, which a sum of several such forms can
   * take into itself ({@link #lastProduct}).
   *
   * @param last where the last depthwise output goes
   */
  public Centred untilLastProduct(Blocks blocks, String name, Slot input, Slot last) {
    Slot at = input;
    for (int round = 0; round < rounds.size() - 1; round++) {
      Slot first = halved(blocks, at, rounds.get(round).stride());
      Centred depthwise = depthwise(blocks, name, round, at, first);
      Slot middle = blocks.plan().slot(input.channels(), first.extent());
      blocks.innerPointwiseNorm(weight(name, round, 2), layer(name, round, 3), depthwise, middle);
      at = middle;
    }
    return depthwise(blocks, name, rounds.size() - 1, at, last);
  }

  /**
   * The weights and statistics of the last 1x1 convolution and batch norm.
   *
   * @param last the last depthwise output
   */
  public NormalizedProduct lastProduct(Blocks blocks, String name, Slot last) {
    return blocks.product(weight(name, rounds.size() - 1, 2), last, last.channels());
  }

  @Override
  public <T> T read(Reader<T> reader) {
    return reader.convolutions(this);
  }

  private Centred depthwise(Blocks blocks, String name, int round, Slot input, Slot output) {
    Round of = rounds.get(round);
    return blocks.depthwise(
        weight(name, round, 1), input, of.kernel(), of.stride(), of.dilation(), output);
  }

  private static String weight(String name, int round, int layer) {
    return layer(name, round, layer) + ".weight";
  }

  private Slot output(Blocks blocks, Slot input) {
    int stride = rounds.stream().mapToInt(Round::stride).reduce(1, (a, b) -> a * b);
    return halved(blocks, input, stride);
  }

  private static Slot halved(Blocks blocks, Slot input, int stride) {
    return blocks.plan().slot(input.channels(), input.extent().strided(stride));
  }
}
