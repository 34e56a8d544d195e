package dev.fletch.cli.progress;

/** Progress of one trial among several: every line begins with its name. */
public final class TrialProgress implements Progress {
  private final String name;
  private final Progress progress;

  /**
   * @param progress of all trials; stays open
   */
  public TrialProgress(String name, Progress progress) {
    this.name = name;
    this.progress = progress;
  }

  @Override
  public void update(String phase, String unit, long done, long total, String detail) {
    progress.update(name + ": " + phase, unit, done, total, detail);
  }

  @Override
  public void say(String line) {
    progress.say(name + ": " + line);
  }

  @Override
  public void close() {}
}
