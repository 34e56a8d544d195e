package dev.fletch.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Lays out a plan: shapes are known here, every buffer is allocated once. Steps run in the order
 * they are added, and backward in reverse.
 */
public final class PlanBuilder {
  private static final String NOT_BUILT = "This plan is not built yet: its matrices hold no values";
  private static final String NO_GRADIENT =
      "This slot has no gradient: it is an input, or the plan is not built yet";

  private final DataType type;
  private final int mixing;
  private final Kernels kernels;
  private final List<Plan.Entry> steps = new ArrayList<>();
  private final List<WeightSlot> weights = new ArrayList<>();
  private final List<StatisticsSlot> statisticsSlots = new ArrayList<>();
  private final Lifetimes lifetimes = new Lifetimes();
  private final List<Storage> permanent = new ArrayList<>();
  private final Map<Slot, Storage> values = new LinkedHashMap<>();
  private final Map<Slot, Storage> gradients = new LinkedHashMap<>();
  private int weightCount;
  private int statistics;
  private boolean sampled;
  private boolean fixed = true;
  private Guard guard;

  /**
   * @param type FLOAT, or DOUBLE to check gradients
   * @param threads for the engine's own kernels; ND4J's are set by OMP_NUM_THREADS
   * @param mixing length of the mixing vector, 0 for networks without one
   */
  public PlanBuilder(DataType type, int threads, int mixing) {
    this(Device.bound(), type, threads, mixing);
  }

  /**
   * @param device where the plan is computed
   */
  public PlanBuilder(Device device, DataType type, int threads, int mixing) {
    this(type, Kernels.choose(device, type, threads), mixing);
  }

  PlanBuilder(DataType type, Kernels kernels, int mixing) {
    this.type = type;
    this.mixing = mixing;
    this.kernels = kernels;
  }

  /**
   * For laying a plan out without building it, as when its memory is to be known: needs no native
   * library.
   */
  public static PlanBuilder unbuilt(int mixing) {
    return new PlanBuilder(DataType.FLOAT, new Nd4jKernels(), mixing);
  }

  /**
   * A slot {@code [channels, batch, height, width]}.
   *
   * @throws PlanTooLargeException if it does not fit into a block of memory
   */
  public Slot slot(int channels, int batch, int height, int width) {
    return slot(channels, new ImageExtent(batch, height, width));
  }

  /**
   * A slot whose columns are those of others.
   *
   * @throws PlanTooLargeException if it does not fit into a block of memory
   */
  public Slot slot(int channels, Extent extent) {
    long length = Arena.length(channels, extent.capacity());
    Storage value = new Storage(length, NOT_BUILT);
    Storage gradient = new Storage(length, NO_GRADIENT);
    Slot slot =
        new Slot(matrix(value, channels, extent), matrix(gradient, channels, extent), extent);
    values.put(slot, value);
    gradients.put(slot, gradient);
    return slot;
  }

  private static Matrix matrix(Storage storage, int rows, Extent extent) {
    return extent instanceof Sequences sequences
        ? Matrix.over(storage, rows, sequences)
        : Matrix.over(storage, rows, extent.columns());
  }

  /**
   * Room for texts, whose lengths every minibatch gives anew: {@link Sequences#take}.
   *
   * @param texts the most there can be
   * @param longest positions of the longest there can be
   */
  public Sequences sequences(int texts, int longest) {
    fixed = false;
    return new Sequences(texts, longest);
  }

  /**
   * Scratch or constant memory that lives as long as the plan.
   *
   * @throws PlanTooLargeException if it does not fit into a block of memory
   */
  public Matrix matrix(int rows, int columns) {
    Storage storage = new Storage(Arena.length(rows, columns), NOT_BUILT);
    permanent.add(storage);
    return Matrix.over(storage, rows, columns);
  }

  /** Reserves a part of the flat weight vector. */
  public WeightSlot weight(String name, WeightSlot.Initialization initialization, int... shape) {
    int fanIn = 1;
    for (int i = 1; i < shape.length; i++) {
      fanIn *= shape[i];
    }
    return add(new WeightSlot(name, weightCount, shape, initialization, fanIn));
  }

  /** Reserves the bias of a linear layer with {@code fanIn} inputs. */
  public WeightSlot bias(String name, int length, int fanIn) {
    return add(
        new WeightSlot(
            name, weightCount, new int[] {length}, WeightSlot.Initialization.UNIFORM, fanIn));
  }

  private WeightSlot add(WeightSlot slot) {
    weights.add(slot);
    weightCount += slot.length();
    return slot;
  }

  /**
   * Reserves means and variances of {@code channels} channels in the flat statistics vector;
   * returns their offset.
   *
   * @param name of the batch norm
   */
  public int statistics(String name, int channels) {
    int offset = statistics;
    statisticsSlots.add(new StatisticsSlot(name, offset, channels));
    statistics += 2 * channels;
    return offset;
  }

  /**
   * Reserves means and variances of {@code channels} channels in the flat statistics vector, for a
   * batch norm that nobody looks up by name: those of a supernet. Returns their offset.
   */
  public int statistics(int channels) {
    return statistics("", channels);
  }

  public Kernels kernels() {
    return kernels;
  }

  /** Adds a step that reads and writes the given slots; inputs without gradient are not listed. */
  public void add(Step step, List<Slot> reads, List<Slot> writes) {
    add(step, reads, writes, false);
  }

  /**
   * Adds a step whose output is not kept for the backward pass but computed once more there: for
   * what costs less to compute than to keep. It is kept where mixing weights are {@link #sampled}:
   * so little else is computed there that the second time would be a part of the whole.
   */
  public void addRepeatable(Step step, List<Slot> reads, Slot write) {
    add(step, reads, List.of(write), !sampled);
  }

  private void add(Step step, List<Slot> reads, List<Slot> writes, boolean repeatable) {
    lifetimes.add(steps.size(), step, reads, writes, repeatable);
    steps.add(new Plan.Entry(step, List.copyOf(reads), List.copyOf(writes), repeatable, guard));
  }

  /**
   * Lays out steps that work for certain operations only: a pass that leaves those out ({@link
   * Pass#leavesOut}) leaves out the steps. Whoever reads what they write has to look himself.
   *
   * @param operations may grow later
   */
  public <T> T guarded(Guard operations, Supplier<T> layOut) {
    if (guard != null) {
      throw new IllegalStateException("Steps that work for certain operations contain no others");
    }
    guard = operations;
    try {
      return layOut.get();
    } finally {
      guard = null;
    }
  }

  /**
   * Mixing weights are samples with exact zeros: training leaves out what has weight 0, as
   * evaluation always does. To be said before anything is laid out.
   */
  public void sampled() {
    this.sampled = true;
  }

  /** The parts of the flat weight vector so far, in order. */
  public List<WeightSlot> weightSlots() {
    return List.copyOf(weights);
  }

  /** Native memory that the plan will take. */
  public long bytes() {
    return arena().bytes();
  }

  /** Sum of {@link Step#multiplyAdds} over all steps. */
  public long multiplyAdds() {
    return steps.stream().mapToLong(entry -> entry.step().multiplyAdds()).sum();
  }

  /**
   * Sum of {@link Step#multiplyAdds(float[])} over the steps that are carried out: without the
   * operations whose mixing weight is 0.
   *
   * @param given the mixing weights, as the plan takes them
   */
  public long multiplyAdds(float[] given) {
    return steps.stream()
        .filter(entry -> entry.guard() == null || !entry.guard().isAllZero(given))
        .mapToLong(entry -> entry.step().multiplyAdds(given))
        .sum();
  }

  /**
   * Takes the memory, and makes the plan; closes the kernels if it cannot.
   *
   * @throws IllegalStateException if a step would overwrite what another one adds to
   */
  public Plan build() {
    boolean built = false;
    try {
      requireOwnGradients();
      Arena arena = arena();
      kernels.requireRoom(arena.bytes());
      Plan plan =
          new Plan(
              List.copyOf(steps),
              lifetimes,
              List.copyOf(weights),
              List.copyOf(statisticsSlots),
              new Pass(kernels, weightCount, mixing, statistics),
              sampled,
              fixed,
              arena.allocate(kernels),
              kernels);
      built = true;
      return plan;
    } finally {
      if (!built) {
        kernels.close();
      }
    }
  }

  private void requireOwnGradients() {
    for (Plan.Entry entry : steps) {
      for (Slot slot : entry.step().assignedGradients()) {
        if (!lifetimes.hasOneReader(slot)) {
          throw new IllegalStateException(
              entry.step().work().kind() + " would overwrite the gradient of another reader");
        }
      }
    }
  }

  private Arena arena() {
    return new PlanMemory(type, steps, lifetimes, permanent, values, gradients).arena();
  }
}
