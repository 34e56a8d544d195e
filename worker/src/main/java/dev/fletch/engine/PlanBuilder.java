package dev.fletch.engine;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Lays out a plan: shapes are known here, every buffer is allocated once. Steps run in the order
 * they are added, and backward in reverse.
 */
public final class PlanBuilder {
  private final DataType type;
  private final int mixing;
  private final List<Step> steps = new ArrayList<>();
  private final List<WeightSlot> weights = new ArrayList<>();
  private final List<Matrix> owned = new ArrayList<>();
  private final Map<Slot, int[]> life = new IdentityHashMap<>();
  private final List<Slot> order = new ArrayList<>();
  private final List<int[]> statisticsBlocks = new ArrayList<>();
  private final Kernels kernels;
  private int weightCount;
  private int statistics;

  /**
   * @param type FLOAT, or DOUBLE to check gradients
   * @param threads for the engine's own kernels; ND4J's are set by OMP_NUM_THREADS
   * @param mixing length of the mixing vector, 0 for networks without one
   */
  public PlanBuilder(DataType type, int threads, int mixing) {
    this(type, Kernels.choose(type, threads), mixing);
  }

  PlanBuilder(DataType type, Kernels kernels, int mixing) {
    this.type = type;
    this.mixing = mixing;
    this.kernels = kernels;
  }

  /** A slot {@code [channels, batch, height, width]} with a gradient. */
  public Slot slot(int channels, int batch, int height, int width) {
    return new Slot(matrix(channels, batch * height * width), batch, height, width);
  }

  /** Scratch or constant memory that lives as long as the plan. */
  public Matrix matrix(int rows, int columns) {
    Matrix matrix = Matrix.allocate(type, rows, columns);
    owned.add(matrix);
    return matrix;
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
   */
  public int statistics(int channels) {
    int offset = statistics;
    statisticsBlocks.add(new int[] {offset, channels});
    statistics += 2 * channels;
    return offset;
  }

  public Kernels kernels() {
    return kernels;
  }

  /** Adds a step that reads and writes the given slots; inputs without gradient are not listed. */
  public void add(Step step, List<Slot> reads, List<Slot> writes) {
    int index = steps.size();
    steps.add(step);
    writes.forEach(s -> touch(s, index));
    reads.forEach(s -> touch(s, index));
  }

  private void touch(Slot slot, int index) {
    Slot root = slot.root();
    int[] interval = life.get(root);
    if (interval == null) {
      life.put(root, new int[] {index, index});
      order.add(root);
    } else {
      interval[1] = index;
    }
  }

  public Plan build() {
    GradientArena arena = new GradientArena(type);
    for (Slot slot : order) {
      int[] interval = life.get(slot);
      arena.reserve(slot, interval[0], interval[1]);
    }
    owned.add(arena.allocate());
    return new Plan(
        List.copyOf(steps),
        List.copyOf(weights),
        List.copyOf(statisticsBlocks),
        arena.zeroAt(steps.size()),
        new Pass(weightCount, mixing, statistics),
        owned,
        kernels);
  }
}
