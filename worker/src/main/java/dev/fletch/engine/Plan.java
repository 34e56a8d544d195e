package dev.fletch.engine;

import java.util.List;
import java.util.stream.Stream;

/** A network of fixed shapes, ready to run. Not thread-safe. */
public final class Plan implements AutoCloseable {
  /**
   * A step with the slots it touches; repeatable: see {@link PlanBuilder#addRepeatable}.
   *
   * @param guard null if no pass leaves the step out
   */
  record Entry(Step step, List<Slot> reads, List<Slot> writes, boolean repeatable, Guard guard) {
    boolean runs(Pass pass) {
      return guard == null || !guard.isLeftOut(pass);
    }

    /** Bytes of the values it reads and writes. */
    private long bytes() {
      return Stream.concat(reads.stream(), writes.stream())
          .mapToLong(s -> (long) s.channels() * s.columns() * Float.BYTES)
          .sum();
    }
  }

  private final List<Entry> steps;
  private final BackwardSchedule schedule;
  private final List<WeightSlot> weightSlots;
  private final List<StatisticsSlot> statisticsSlots;
  private final Pass pass;
  private final boolean sampled;
  private final boolean fixed;
  private final boolean varies;
  private final List<Memory> owned;
  private final Kernels kernels;
  private Profile profile;

  /**
   * @param sampled whether training leaves out operations with mixing weight 0
   * @param fixed whether every pass has the same number of columns
   */
  Plan(
      List<Entry> steps,
      Lifetimes lifetimes,
      List<WeightSlot> weightSlots,
      List<StatisticsSlot> statisticsSlots,
      Pass pass,
      boolean sampled,
      boolean fixed,
      List<Memory> owned,
      Kernels kernels) {
    this.steps = steps;
    this.schedule = new BackwardSchedule(steps, lifetimes);
    this.weightSlots = weightSlots;
    this.statisticsSlots = statisticsSlots;
    this.pass = pass;
    this.sampled = sampled;
    this.fixed = fixed;
    this.varies = steps.stream().anyMatch(entry -> entry.step().variesInTraining());
    this.owned = owned;
    this.kernels = kernels;
  }

  /** The flat vectors the next run reads and the last one filled. */
  public Pass pass() {
    return pass;
  }

  /** What works on flat vectors where the plan is computed; as long as the plan is not closed. */
  public FlatKernels flat() {
    return kernels.flat();
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

  /**
   * Runs all steps; {@code training} decides what batch norm uses. Evaluation leaves out operations
   * with mixing weight 0, training only where these are samples ({@link PlanBuilder#sampled}).
   */
  public void forward(boolean training) {
    forward(training, sampled || !training);
  }

  /** Evaluation that leaves nothing out, so that {@link #backward} can follow. */
  public void forwardInEvaluation() {
    forward(false, false);
  }

  /** What is done in it is the same in every pass that has the same. */
  private record Mode(boolean backward, boolean training, boolean wantsWeights) {}

  private void forward(boolean training, boolean skipsZeros) {
    pass.mode(training, skipsZeros);
    run(new Mode(false, training, false), this::forward);
  }

  private void forward() {
    for (Entry entry : steps) {
      if (entry.runs(pass)) {
        timed(entry, false, () -> entry.step().forward(pass));
      }
    }
  }

  private void run(Mode mode, Runnable work) {
    boolean same = fixed && !(pass.training() && varies) && !pass.leavesSomethingOut();
    if (same && profile == null) {
      kernels.replay(mode, work);
    } else {
      work.run();
    }
  }

  /**
   * Fills the pass's gradients, of the mode that the last forward had.
   *
   * @param wantsWeights not after an evaluation, which is differentiated by mixing weights only
   */
  public void backward(boolean wantsWeights) {
    if (!pass.training() && (wantsWeights || pass.skipsZeros())) {
      throw new IllegalStateException(
          "Cannot differentiate an evaluation by weights, nor one that left operations out");
    }
    pass.wantWeights(wantsWeights);
    run(new Mode(true, pass.training(), wantsWeights), this::backward);
  }

  private void backward() {
    pass.weightGradient().fill(0);
    pass.mixingGradient().fill(0);
    for (int i = steps.size() - 1; i >= 0; i--) {
      prepareBackward(i);
      Entry entry = steps.get(i);
      if (entry.runs(pass)) {
        pass.setGradient(schedule.setsGradient(i));
        timed(entry, true, () -> entry.step().backward(pass));
      }
    }
  }

  private void prepareBackward(int step) {
    schedule.zeroedBefore(step, pass).forEach(kernels::zero);
    for (Entry repeated : schedule.repeatedBefore(step)) {
      if (repeated.runs(pass)) {
        timed(repeated, false, () -> repeated.step().repeat(pass));
      }
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

  /** Bytes held, in native memory or on a card. */
  public long bytes() {
    return owned.stream().mapToLong(Memory::bytes).sum();
  }

  @Override
  public void close() {
    owned.forEach(Memory::close);
    kernels.close();
  }
}
