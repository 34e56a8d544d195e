package dev.fletch;

import dev.fletch.search.EpochRecord;
import dev.fletch.search.SearchListener;

/** Lets a search go on and says nothing. */
class SilentListener implements SearchListener {
  @Override
  public void stepDone(int epoch, int step, int steps, double loss, double imagesPerSecond) {}

  @Override
  public void epochDone(EpochRecord epoch) {}

  @Override
  public void note(String line) {}

  @Override
  public void warning(String line) {}
}
