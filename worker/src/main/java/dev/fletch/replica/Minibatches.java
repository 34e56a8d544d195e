package dev.fletch.replica;

import dev.fletch.data.Batch;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.settings.DaemonThreads;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A replica's way to its minibatches. The last one is kept: the second-order alpha gradient asks
 * for the same in several exchanges. Where a card computes, the processors decode and augment the
 * minibatch after it meanwhile; which it is does not depend on that. Not thread-safe.
 */
final class Minibatches {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(new DaemonThreads("fletch-minibatch"));

  private final ExampleSource examples;
  private final Shard shard;
  private final boolean ahead;
  private final Map<Portion, Coming> coming = new EnumMap<>(Portion.class);
  private Portion lastPortion;
  private StepId lastAt;
  private Batch last;

  /** A minibatch that is being made. */
  private record Coming(StepId at, Future<Batch> batch) {}

  /**
   * @param ahead whether to make the next one while the last one is computed with
   */
  Minibatches(ExampleSource examples, Shard shard, boolean ahead) {
    this.examples = examples;
    this.shard = shard;
    this.ahead = ahead;
  }

  Batch of(Portion portion, StepId at) {
    if (portion != lastPortion || !at.equals(lastAt)) {
      Coming made = coming.remove(portion);
      last = made != null && made.at().equals(at) ? taken(made.batch()) : make(portion, at);
      lastPortion = portion;
      lastAt = at;
      if (ahead) {
        StepId next = at.next();
        coming.put(portion, new Coming(next, THREADS.submit(() -> make(portion, next))));
      }
    }
    return last;
  }

  private Batch make(Portion portion, StepId at) {
    return examples.training(portion, at, shard.replica(), shard.replicas(), shard.batch());
  }

  private static Batch taken(Future<Batch> batch) {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a minibatch", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("Cannot make a minibatch", e.getCause());
    }
  }
}
