package dev.fletch.search;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a search says, and ends it after an epoch if asked to, as a killed process would. */
final class RecordingListener implements SearchListener {
  final List<String> notes = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<Integer> epochs = new ArrayList<>();
  int steps;
  private final int lastEpoch;

  static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  RecordingListener() {
    this(Integer.MAX_VALUE);
  }

  RecordingListener(int lastEpoch) {
    this.lastEpoch = lastEpoch;
  }

  @Override
  public void stepDone(int epoch, int step, int steps, double loss, double imagesPerSecond) {
    this.steps++;
  }

  @Override
  public void epochDone(EpochRecord epoch) {
    epochs.add(epoch.epoch());
    if (epoch.epoch() == lastEpoch) {
      throw new KilledException();
    }
  }

  @Override
  public void note(String line) {
    notes.add(line);
  }

  @Override
  public void warning(String line) {
    warnings.add(line);
  }
}
