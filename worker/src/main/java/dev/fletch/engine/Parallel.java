package dev.fletch.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Splits independent rows over a fixed number of threads. Which thread takes which row never
 * changes a result.
 *
 * <p>A step calls thousands of kernels of some ten microseconds, and waking a sleeping thread takes
 * longer than that: helpers therefore look for work for a while before they sleep. Rows are taken
 * one by one, so a helper that comes late, or whose core is busy with something else, delays
 * nobody.
 */
public final class Parallel implements AutoCloseable {
  /** How often a helper looks for work before it sleeps; about a tenth of a millisecond. */
  private static final int LOOKS = 4_000;

  /** The rows of one call. */
  private static final class Task {
    private final int rows;
    private final IntConsumer body;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Task(int rows, IntConsumer body) {
      this.rows = rows;
      this.body = body;
    }

    /** Takes rows until none is left; a failure is kept for the caller. */
    void work() {
      for (int row = taken.getAndIncrement(); row < rows; row = taken.getAndIncrement()) {
        try {
          body.accept(row);
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          finished.incrementAndGet();
        }
      }
    }

    void await() {
      for (int looks = 0; finished.get() < rows; looks++) {
        if (looks < LOOKS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      if (failure.get() != null) {
        throw new IllegalStateException("A kernel failed: " + failure.get(), failure.get());
      }
    }
  }

  /** A thread that works on whatever task is the newest. */
  private final class Helper extends Thread {
    private volatile boolean asleep;

    Helper() {
      super("engine-kernel");
      setDaemon(true);
    }

    @Override
    public void run() {
      Task last = null;
      while (!closed) {
        Task next = newest;
        for (int looks = 0; next == last && looks < LOOKS; looks++) {
          Thread.onSpinWait();
          next = newest;
        }
        if (next == last) {
          sleepUntilNewerThan(last);
        } else {
          next.work();
          last = next;
        }
      }
    }

    /** Says that it sleeps before it looks for the last time, so no task is missed. */
    private void sleepUntilNewerThan(Task last) {
      asleep = true;
      while (newest == last && !closed) {
        LockSupport.park(Parallel.this);
      }
      asleep = false;
    }
  }

  private final int threads;
  private final List<Helper> helpers = new ArrayList<>();
  private volatile Task newest;
  private volatile boolean closed;

  public Parallel(int threads) {
    this.threads = threads;
    for (int t = 1; t < threads; t++) {
      Helper helper = new Helper();
      helpers.add(helper);
      helper.start();
    }
  }

  public int threads() {
    return threads;
  }

  /** Runs {@code body} for 0 to n - 1 and returns when all are done. */
  public void forEach(int n, IntConsumer body) {
    if (helpers.isEmpty() || n < 2) {
      for (int i = 0; i < n; i++) {
        body.accept(i);
      }
      return;
    }
    Task task = new Task(n, body);
    newest = task;
    for (Helper helper : helpers) {
      if (helper.asleep) {
        LockSupport.unpark(helper);
      }
    }
    task.work();
    task.await();
  }

  @Override
  public void close() {
    closed = true;
    helpers.forEach(LockSupport::unpark);
  }
}
