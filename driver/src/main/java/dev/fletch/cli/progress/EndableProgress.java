package dev.fletch.cli.progress;

/** Progress that somebody else may end with a last line, while it is being told. */
public final class EndableProgress implements Progress {
  private final Progress progress;
  private boolean ended;

  public EndableProgress(Progress progress) {
    this.progress = progress;
  }

  /** Says {@code lastLine}, and nothing from then on. */
  public synchronized void end(String lastLine) {
    progress.say(lastLine);
    ended = true;
  }

  @Override
  public synchronized void update(String phase, String unit, long done, long total, String detail) {
    if (!ended) {
      progress.update(phase, unit, done, total, detail);
    }
  }

  @Override
  public synchronized void say(String line) {
    if (!ended) {
      progress.say(line);
    }
  }

  @Override
  public void close() {
    progress.close();
  }
}
