package dev.fletch.search;

/**
 * Wall time of a generation, also over interruptions: it goes on from where the last of the
 * trainings that were kept had ended. What came after it was lost and is done again.
 */
final class GenerationClock {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long start = System.nanoTime();
  private double before;

  /**
   * To be called before other threads read the clock.
   *
   * @param seconds what it said before the interruption
   */
  void goOnFrom(double seconds) {
    before = Math.max(before, seconds);
  }

  double seconds() {
    return before + (System.nanoTime() - start) / NANOS_PER_SECOND;
  }
}
