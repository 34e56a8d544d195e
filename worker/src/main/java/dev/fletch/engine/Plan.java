package dev.fletch.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network of fixed shapes, ready to run. Not thread-safe. */
public final class Plan implements AutoCloseable {
  /** A step with the slots it touches; repeatable: see {@link PlanBuilder#addRepeatable}. */
  record Entry(Step step, List<Slot> reads, List<Slot> writes, boolean repeatable) {
    /** Bytes of the values it reads and writes. */
    private long bytes() {
      return Stream.concat(reads.stream(), writes.stream())
          .mapToLong(s -> (long) s.channels() * s.columns() * Float.BYTES)
          .sum();
    }
  }

  /** What happens before the backward of a step. */
  private record Preparation(List<Matrix> zero, List<Entry> repeat) {}

  private final List<Entry> steps;
  private final List<Preparation> preparations;
  private final List<WeightSlot> weightSlots;
  private final List<StatisticsSlot> statisticsSlots;
  private final Pass pass;
  private final List<INDArray> owned;
  private final Kernels kernels;
  private Profile profile;

  Plan(
      List<Entry> steps,
      Lifetimes lifetimes,
      List<WeightSlot> weightSlots,
      List<StatisticsSlot> statisticsSlots,
      Pass pass,
      List<INDArray> owned,
      Kernels kernels) {
    this.steps = steps;
    this.preparations = preparations(steps, lifetimes);
    this.weightSlots = weightSlots;
    this.statisticsSlots = statisticsSlots;
    this.pass = pass;
    this.owned = owned;
    this.kernels = kernels;
  }

  private static List<Preparation> preparations(List<Entry> steps, Lifetimes lifetimes) {
    List<Preparation> preparations = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      preparations.add(new Preparation(new ArrayList<>(), new ArrayList<>()));
    }
    Set<Slot> assigned =
        steps.stream()
            .flatMap(e -> e.step().assignedGradients().stream())
            .collect(Collectors.toSet());
    for (Slot slot : lifetimes.touched()) {
      if (assigned.contains(slot)) {
        continue;
      }
      preparations.get(lifetimes.lastTouch(slot)).zero().add(slot.gradient());
    }
    for (Entry entry : steps) {
      if (entry.repeatable() && lifetimes.isRepeated(entry.writes().get(0))) {
        preparations.get(lifetimes.lastTouch(entry.writes().get(0))).repeat().add(entry);
      }
    }
    return preparations;
  }

  /** The flat vectors the next run reads and the last one filled. */
  public Pass pass() {
    return pass;
  }

  public List<WeightSlot> weightSlots() {
    return weightSlots;
  }

  /** The parts of the flat statistics vector, one per batch norm, in order. */
  public List<StatisticsSlot> statisticsSlots() {
    return statisticsSlots;
  }

  /** Notes the time of every step from now on; null stops that. */
  public void profile(Profile into) {
    this.profile = into;
  }

  /** Runs all steps; {@code training} decides what batch norm uses. */
  public void forward(boolean training) {
    pass.mode(training, false);
    for (Entry entry : steps) {
      timed(entry, false, () -> entry.step().forward(pass));
    }
  }

  /** Fills the pass's gradients; needs a training forward before it. */
  public void backward(boolean wantsWeights) {
    pass.mode(true, wantsWeights);
    Arrays.fill(pass.weightGradient(), 0);
    Arrays.fill(pass.mixingGradient(), 0);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Entry entry = steps.get(i);
      preparations.get(i).zero().forEach(Matrix::zero);
      for (Entry repeated : preparations.get(i).repeat()) {
        timed(repeated, false, () -> repeated.step().repeat(pass));
      }
      timed(entry, true, () -> entry.step().backward(pass));
    }
  }

  private void timed(Entry entry, boolean backward, Runnable work) {
    if (profile == null) {
      work.run();
      return;
    }
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    Step.Work amount = entry.step().work();
    // backward reads every value again, and a gradient for each
    profile.add(
        amount.kind(),
        backward,
        seconds,
        backward ? 2 * entry.bytes() : entry.bytes(),
        backward ? amount.backward() : amount.forward());
  }

  /** Bytes of native memory held. */
  public long bytes() {
    return owned.stream().mapToLong(a -> a.length() * a.dataType().width()).sum();
  }

  @Override
  public void close() {
    owned.forEach(INDArray::close);
    kernels.close();
  }
}
