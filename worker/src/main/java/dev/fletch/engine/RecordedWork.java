package dev.fletch.engine;

import dev.fletch.cuda.Driver.Graph;
import dev.fletch.cuda.WatchedDriver;
import java.util.HashMap;
import java.util.Map;

/**
 * Work for a card that is the same every time: done as it comes the first time, when memory is
 * still allocated for it, recorded the second time, and from then on started as a whole.
 */
final class RecordedWork implements AutoCloseable {
  /** What is known of one kind of work. */
  private static final class Known {
    private boolean differs;
    private Graph graph;
  }

  private final WatchedDriver driver;
  private final Map<Object, Known> known = new HashMap<>();

  RecordedWork(WatchedDriver driver) {
    this.driver = driver;
  }

  /**
   * Does it. Work that copies something to the card or from it is never recorded: what it copies
   * may be different each time.
   */
  void run(Object key, Runnable work) {
    Known of = known.get(key);
    if (of == null) {
      long before = driver.transfers();
      work.run();
      of = new Known();
      of.differs = driver.transfers() != before;
      known.put(key, of);
    } else if (of.differs) {
      work.run();
    } else {
      if (of.graph == null) {
        of.graph = record(work);
      }
      of.graph.launch();
    }
  }

  private Graph record(Runnable work) {
    driver.beginCapture();
    boolean recorded = false;
    try {
      work.run();
      recorded = true;
    } finally {
      if (!recorded) {
        driver.endCapture().close();
      }
    }
    return driver.endCapture();
  }

  @Override
  public void close() {
    known.values().stream()
        .map(of -> of.graph)
        .filter(graph -> graph != null)
        .forEach(Graph::close);
    known.clear();
  }
}
