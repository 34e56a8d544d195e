package dev.fletch.supernet;

import dev.fletch.architecture.Operation;
import dev.fletch.engine.Guard;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;
import dev.fletch.nn.NormalizedProduct;
import java.util.ArrayList;
import java.util.List;

/** Lays out the operations of all edges that enter one node, and the step that mixes them. */
final class NodeMix {
  private final Blocks blocks;
  private final Slot mixed;
  private final int channels;
  private final Slot stack;
  private final List<MixedOperation.Convolution> convolutions = new ArrayList<>();
  private final List<MixedOperation.Term> terms = new ArrayList<>();
  private final List<HalfReduction> halves = new ArrayList<>();

  /**
   * @param mixed what is written, {@code [C, N, H, W]}; C is the width of the operations
   * @param convolutions how many will be added
   */
  NodeMix(Blocks blocks, Slot mixed, int convolutions) {
    this.blocks = blocks;
    this.mixed = mixed;
    this.channels = mixed.channels();
    this.stack =
        convolutions == 0
            ? null
            : blocks
                .plan()
                .slot(convolutions * channels, mixed.batch(), mixed.height(), mixed.width());
  }

  static boolean isConvolution(Operation operation) {
    return switch (operation) {
      case SEP_CONV_3X3, SEP_CONV_5X5, DIL_CONV_3X3, DIL_CONV_5X5, SEP_CONV_7X7 -> true;
      case NONE, MAX_POOL_3X3, AVG_POOL_3X3, SKIP_CONNECT -> false;
    };
  }

  /**
   * Adds an operation of the edge that leaves {@code state}, but for skip connections.
   *
   * @param path what its weights' names start with
   */
  void add(Operation operation, CellState state, String path, int mixingIndex) {
    switch (operation) {
      case NONE -> {
        // adds nothing
      }
      case MAX_POOL_3X3 -> addTerm(state.maxPooled(mixingIndex), mixingIndex);
      case AVG_POOL_3X3 -> addTerm(state.averagePooled(mixingIndex), mixingIndex);
      default ->
          convolutions.add(
              blocks
                  .plan()
                  .guarded(
                      Guard.of(mixingIndex),
                      () -> convolution(operation, state, path, mixingIndex)));
    }
  }

  /** Adds a slot as it is. */
  void addTerm(Slot slot, int mixingIndex) {
    terms.add(new MixedOperation.Term(slot, mixingIndex));
  }

  private MixedOperation.Convolution convolution(
      Operation operation, CellState state, String path, int mixingIndex) {
    Slot block = stack.channels(convolutions.size() * channels, channels);
    int stride = state.stride();
    Centred last =
        switch (operation) {
          case SEP_CONV_3X3 -> blocks.separable(path, state.slot(), 3, stride, block);
          case SEP_CONV_5X5 -> blocks.separable(path, state.slot(), 5, stride, block);
          case DIL_CONV_3X3 -> blocks.dilated(path, state.slot(), 3, stride, block);
          case DIL_CONV_5X5 -> blocks.dilated(path, state.slot(), 5, stride, block);
          default ->
              throw new IllegalArgumentException("Operation " + operation + " cannot be searched");
        };
    boolean separable = operation == Operation.SEP_CONV_3X3 || operation == Operation.SEP_CONV_5X5;
    NormalizedProduct product =
        blocks.product(path + (separable ? ".op.6.weight" : ".op.2.weight"), channels, channels);
    return new MixedOperation.Convolution(last, product, mixingIndex);
  }

  /** Adds a factorized reduction: a skip connection with stride 2. */
  void addReduction(CellState state, String path, int mixingIndex) {
    PlanBuilder plan = blocks.plan();
    Centred evenPixels = state.evenPixels(mixingIndex);
    Centred oddPixels = state.oddPixels(mixingIndex);
    int half = channels / 2;
    int statistics = plan.statistics(channels);
    NormalizedProduct even =
        blocks.halfReduction(path + ".conv_1.weight", half, channels, statistics, channels);
    NormalizedProduct odd =
        blocks.halfReduction(path + ".conv_2.weight", half, channels, statistics + half, channels);
    halves.add(new HalfReduction(plan, evenPixels, even, mixingIndex, mixed, 0));
    halves.add(new HalfReduction(plan, oddPixels, odd, mixingIndex, mixed, half));
  }

  /** Adds the step that mixes them all. */
  void mix() {
    List<Slot> reads = new ArrayList<>();
    terms.forEach(t -> reads.add(t.slot()));
    halves.forEach(h -> reads.add(h.input()));
    if (stack != null) {
      reads.add(stack);
    }
    PlanBuilder plan = blocks.plan();
    plan.add(
        new MixedOperation(plan, stack, convolutions, terms, halves, mixed), reads, List.of(mixed));
  }
}
