package dev.fletch.supernet;

import dev.fletch.engine.Guard;
import dev.fletch.engine.Slot;
import dev.fletch.genotype.Operation;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;
import dev.fletch.nn.NormalizedProduct;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out one cell of the supernet: two inputs, then nodes that each mix all operations over all
 * earlier states; the output is the concatenation of the nodes.
 */
final class Cell {
  /**
   * What depends on a state alone, whatever the number of edges that leave it; built when first
   * needed.
   */
  private static final class State {
    private final Slot slot;
    private final int stride;
    private Slot maxPooled;
    private Slot averagePooled;
    private Centred evenPixels;
    private Centred oddPixels;
    private final Map<Operation, Guard> users = new EnumMap<>(Operation.class);

    State(Slot slot, int stride) {
      this.slot = slot;
      this.stride = stride;
    }

    /** The edges with {@code operation} that leave here, now with one more. */
    private Guard users(Operation operation, int mixingIndex) {
      return users.computeIfAbsent(operation, o -> new Guard()).and(mixingIndex);
    }
  }

  private final Blocks blocks;
  private final SupernetSettings settings;
  private final int columns;
  private final String name;
  private final int channels;
  private final int mixingOffset;
  private final Slot output;
  private final List<State> states = new ArrayList<>();

  /**
   * @param name {@code cells.I}
   * @param input0 output of the cell before the previous one
   * @param input1 output of the previous cell
   * @param previousReduced whether the previous cell was a reduction, so that input0 is twice as
   *     large
   */
  Cell(
      Blocks blocks,
      SupernetSettings settings,
      EdgeSettings edges,
      String name,
      Slot input0,
      Slot input1,
      int channels,
      boolean reduction,
      boolean previousReduced) {
    this.blocks = blocks;
    this.settings = settings;
    this.columns = settings.operations().size() + edges.extraColumns();
    this.name = name;
    this.channels = channels;
    this.mixingOffset = reduction ? settings.edges() * columns : 0;
    Slot state0 =
        previousReduced
            ? blocks.factorizedReduction(name + ".preprocess0", input0, channels)
            : blocks.convNorm(name + ".preprocess0", input0, channels);
    Slot state1 = blocks.convNorm(name + ".preprocess1", input1, channels);
    int stride = reduction ? 2 : 1;
    states.add(new State(state0, stride));
    states.add(new State(state1, stride));
    int height = (state1.height() + stride - 1) / stride;
    int width = (state1.width() + stride - 1) / stride;
    this.output = blocks.plan().slot(settings.nodes() * channels, state1.batch(), height, width);
    int edge = 0;
    for (int node = 0; node < settings.nodes(); node++) {
      Slot slot = output.channels(node * channels, channels);
      addNode(slot, edge);
      edge += states.size();
      states.add(new State(slot, 1));
    }
  }

  /** {@code [nodes * C, N, H, W]}. */
  Slot output() {
    return output;
  }

  private void addNode(Slot node, int firstEdge) {
    List<MixedOperation.Convolution> convolutions = new ArrayList<>();
    List<MixedOperation.Term> terms = new ArrayList<>();
    List<HalfReduction> halves = new ArrayList<>();
    List<Operation> operations = settings.operations();
    int perEdge = (int) operations.stream().filter(Cell::isConvolution).count();
    int count = perEdge * states.size();
    Slot stack =
        count == 0
            ? null
            : blocks.plan().slot(count * channels, node.batch(), node.height(), node.width());
    for (int from = 0; from < states.size(); from++) {
      for (int o = 0; o < operations.size(); o++) {
        Operation operation = operations.get(o);
        int edge = firstEdge + from;
        int mixingIndex = mixingOffset + edge * columns + o;
        String path = name + "._ops." + edge + "._ops." + o;
        State state = states.get(from);
        if (isConvolution(operation)) {
          Slot block = stack.channels(convolutions.size() * channels, channels);
          convolutions.add(
              blocks
                  .plan()
                  .guarded(
                      Guard.of(mixingIndex),
                      () -> convolution(path, operation, state, block, mixingIndex)));
        } else if (operation == Operation.SKIP_CONNECT && state.stride == 2) {
          halves.addAll(factorizedReduction(path, state, node, mixingIndex));
        } else if (operation != Operation.NONE) {
          terms.add(new MixedOperation.Term(shared(operation, state, mixingIndex), mixingIndex));
        }
      }
    }
    List<Slot> reads = new ArrayList<>();
    terms.forEach(t -> reads.add(t.slot()));
    halves.forEach(h -> reads.add(h.input()));
    if (stack != null) {
      reads.add(stack);
    }
    blocks
        .plan()
        .add(
            new MixedOperation(blocks.plan(), stack, convolutions, terms, halves, node),
            reads,
            List.of(node));
  }

  private static boolean isConvolution(Operation operation) {
    return switch (operation) {
      case SEP_CONV_3X3, SEP_CONV_5X5, DIL_CONV_3X3, DIL_CONV_5X5, SEP_CONV_7X7 -> true;
      case NONE, MAX_POOL_3X3, AVG_POOL_3X3, SKIP_CONNECT -> false;
    };
  }

  private MixedOperation.Convolution convolution(
      String path, Operation operation, State state, Slot block, int mixingIndex) {
    int stride = state.stride;
    Centred last =
        switch (operation) {
          case SEP_CONV_3X3 -> blocks.separable(path, state.slot, 3, stride, block);
          case SEP_CONV_5X5 -> blocks.separable(path, state.slot, 5, stride, block);
          case DIL_CONV_3X3 -> blocks.dilated(path, state.slot, 3, stride, block);
          case DIL_CONV_5X5 -> blocks.dilated(path, state.slot, 5, stride, block);
          default ->
              throw new IllegalArgumentException("Operation " + operation + " cannot be searched");
        };
    boolean separable = operation == Operation.SEP_CONV_3X3 || operation == Operation.SEP_CONV_5X5;
    NormalizedProduct product =
        blocks.product(path + (separable ? ".op.6.weight" : ".op.2.weight"), channels, channels);
    return new MixedOperation.Convolution(last, product, mixingIndex);
  }

  private List<HalfReduction> factorizedReduction(
      String path, State state, Slot node, int mixingIndex) {
    Guard users = state.users(Operation.SKIP_CONNECT, mixingIndex);
    if (state.evenPixels == null) {
      state.evenPixels = blocks.plan().guarded(users, () -> blocks.gather(state.slot, 2, 0, true));
      state.oddPixels = blocks.plan().guarded(users, () -> blocks.gather(state.slot, 2, 1, true));
    }
    int half = channels / 2;
    int statistics = blocks.plan().statistics(channels);
    NormalizedProduct even =
        blocks.halfReduction(path + ".conv_1.weight", half, channels, statistics, channels);
    NormalizedProduct odd =
        blocks.halfReduction(path + ".conv_2.weight", half, channels, statistics + half, channels);
    return List.of(
        new HalfReduction(blocks.plan(), state.evenPixels, even, mixingIndex, node, 0),
        new HalfReduction(blocks.plan(), state.oddPixels, odd, mixingIndex, node, half));
  }

  private Slot shared(Operation operation, State state, int mixingIndex) {
    if (operation == Operation.SKIP_CONNECT) {
      return state.slot;
    }
    Guard users = state.users(operation, mixingIndex);
    if (operation == Operation.MAX_POOL_3X3) {
      if (state.maxPooled == null) {
        state.maxPooled =
            blocks.plan().guarded(users, () -> blocks.pool(true, state.slot, state.stride));
      }
      return state.maxPooled;
    }
    if (state.averagePooled == null) {
      state.averagePooled =
          blocks.plan().guarded(users, () -> blocks.pool(false, state.slot, state.stride));
    }
    return state.averagePooled;
  }
}
