package dev.fletch.nn;

import dev.fletch.engine.Plan;
import java.util.function.IntFunction;

/**
 * The plans of one network: that for full minibatches, laid out when it is first asked for, and the
 * last one for another size. So an epoch's rest costs memory once, not a layout in every epoch.
 */
final class SizedPlans implements AutoCloseable {
  /**
   * A plan for one batch size with its ends.
   *
   * @param auxiliary null if there is none
   */
  record SizedPlan(int batch, Entry entry, Head head, Head auxiliary, Plan plan) {}

  private final int batch;
  private final IntFunction<SizedPlan> layOut;
  private SizedPlan full;
  private SizedPlan partial;

  /**
   * @param batch size of a full minibatch
   * @param layOut gives a new plan for a number of examples; what it gives is closed here
   */
  SizedPlans(int batch, IntFunction<SizedPlan> layOut) {
    this.batch = batch;
    this.layOut = layOut;
  }

  SizedPlan full() {
    return of(batch);
  }

  SizedPlan of(int size) {
    if (size == batch) {
      if (full == null) {
        full = layOut.apply(size);
      }
      return full;
    }
    if (partial == null || partial.batch() != size) {
      closePartial();
      partial = layOut.apply(size);
    }
    return partial;
  }

  private void closePartial() {
    if (partial != null) {
      partial.plan().close();
      partial = null;
    }
  }

  @Override
  public void close() {
    if (full != null) {
      full.plan().close();
      full = null;
    }
    closePartial();
  }
}
