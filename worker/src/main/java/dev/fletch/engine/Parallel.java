package dev.fletch.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Splits independent rows over a fixed number of threads. Which thread takes which row never
 * changes a result.
 */
final class Parallel implements AutoCloseable {
  private final int threads;
  private final ExecutorService helpers;

  Parallel(int threads) {
    this.threads = threads;
    this.helpers =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1,
                task -> {
                  Thread thread = new Thread(task, "engine-kernel");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  int threads() {
    return threads;
  }

  /** Runs {@code body} for 0 to n - 1 and returns when all are done. */
  void forEach(int n, IntConsumer body) {
    List<Future<?>> others = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, n); t++) {
      int first = t;
      others.add(helpers.submit(() -> strided(first, n, body)));
    }
    strided(0, n, body);
    for (Future<?> other : others) {
      await(other);
    }
  }

  private void strided(int first, int n, IntConsumer body) {
    for (int i = first; i < n; i += threads) {
      body.accept(i);
    }
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted inside a kernel", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A kernel failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    if (helpers != null) {
      helpers.shutdownNow();
    }
  }
}
