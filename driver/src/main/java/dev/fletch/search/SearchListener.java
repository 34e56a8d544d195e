package dev.fletch.search;

/**
 * Follows a search as it goes. Called on the search's thread, but where it says otherwise; an
 * exception thrown here ends the search.
 */
public interface SearchListener {
  /**
   * After each step; after the last one, and now and then before, where executors take the steps of
   * an epoch among themselves.
   *
   * @param step from 0
   * @param steps of an epoch
   * @param loss mean training loss of the epoch so far
   * @param imagesPerSecond examples that trained w, over the epoch so far
   */
  void stepDone(int epoch, int step, int steps, double loss, double imagesPerSecond);

  /**
   * After the training of each network of a generation, from several threads.
   *
   * @param scored networks that are new in the generation and have a score by now
   * @param networks all that are new
   */
  default void networkScored(int generation, int scored, int networks) {}

  /** After an epoch, once its files and its checkpoint are written. */
  void epochDone(EpochRecord epoch);

  /** After the last epoch, once the file of the result is written. */
  default void searchDone(SearchResult result) {}

  /** Something to know: where the search starts, or goes on. */
  void note(String line);

  /** Something to look at: a damaged checkpoint, a collapsing cell. */
  void warning(String line);
}
