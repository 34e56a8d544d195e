package dev.fletch.cli.progress;

/** Tells a person how far a run is. Safe to call from several threads. */
public interface Progress extends AutoCloseable {
  /**
   * @param phase what is under way, for example {@code search} or {@code retrain last, seed 0}
   * @param unit what is counted, in the singular, for example {@code step}
   * @param done of {@code total}
   * @param detail what else is worth seeing, for example {@code epoch 3 of 50, loss 1.23}; may be
   *     empty
   */
  void update(String phase, String unit, long done, long total, String detail);

  /** Says one line that stays. */
  void say(String line);

  @Override
  void close();
}
