package dev.fletch.engine;

import org.nd4j.linalg.api.buffer.DataType;

/** Plans in double precision on {@link NaiveKernels}, which on tiny images are the fastest. */
public final class NaivePlans {
  private NaivePlans() {}

  /**
   * @param mixing length of the mixing vector
   */
  public static PlanBuilder builder(int mixing) {
    return new PlanBuilder(DataType.DOUBLE, new NaiveKernels(), mixing);
  }
}
