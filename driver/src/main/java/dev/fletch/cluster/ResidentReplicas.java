package dev.fletch.cluster;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an executor keeps between jobs: one object per {@link ReplicaKey}, in a static map of its
 * process, each used by one task at a time. Nothing here is authoritative: whatever is missing is
 * built again.
 *
 * @param <R> the resident; closed when freed
 */
final class ResidentReplicas<R extends AutoCloseable> {
  private final ConcurrentMap<ReplicaKey, Resident<R>> residents = new ConcurrentHashMap<>();

  /**
   * Names a resident. {@code source} is unique for every gradient source ever made, also across
   * processes.
   */
  record ReplicaKey(String source, int replica) {}

  /**
   * Lends the resident of {@code key}, built first if there is none. A resident whose user failed
   * is freed, since it may have stopped half-way.
   *
   * @throws InterruptedException if the task is cancelled while it waits for another user of the
   *     same resident
   */
  <T> T use(ReplicaKey key, Supplier<R> build, Function<R, T> use) throws InterruptedException {
    return use(key, build, use, true);
  }

  /**
   * The same, but frees a resident that was built for this use: for work that may be elsewhere the
   * next time, and of which nobody would know where to free what it left.
   *
   * @throws InterruptedException as {@link #use} does
   */
  <T> T borrow(ReplicaKey key, Supplier<R> build, Function<R, T> use) throws InterruptedException {
    return use(key, build, use, false);
  }

  private <T> T use(ReplicaKey key, Supplier<R> build, Function<R, T> use, boolean keep)
      throws InterruptedException {
    while (true) {
      Resident<R> resident = residents.computeIfAbsent(key, unused -> new Resident<>());
      resident.lock.lockInterruptibly();
      try {
        if (!resident.freed) {
          return lend(key, resident, build, use, keep);
        }
      } finally {
        resident.lock.unlock();
      }
    }
  }

  private <T> T lend(
      ReplicaKey key, Resident<R> resident, Supplier<R> build, Function<R, T> use, boolean keep) {
    boolean stays = keep || resident.value != null;
    boolean done = false;
    try {
      if (resident.value == null) {
        resident.value = build.get();
      }
      T result = use.apply(resident.value);
      done = true;
      return result;
    } finally {
      if (!done || !stays) {
        free(key, resident);
      }
    }
  }

  /** Frees all residents of {@code source}, waiting for their users. */
  void free(String source) {
    residents.forEach(
        (key, resident) -> {
          if (key.source().equals(source)) {
            resident.lock.lock();
            try {
              free(key, resident);
            } finally {
              resident.lock.unlock();
            }
          }
        });
  }

  /** Which replicas of {@code source} there are, ascending. */
  List<Integer> numbers(String source) {
    return residents.keySet().stream()
        .filter(key -> key.source().equals(source))
        .map(ReplicaKey::replica)
        .sorted()
        .toList();
  }

  /** Number of residents. */
  long count() {
    return residents.size();
  }

  /** Number of residents of {@code source}. */
  long count(String source) {
    return residents.keySet().stream().filter(key -> key.source().equals(source)).count();
  }

  private void free(ReplicaKey key, Resident<R> resident) {
    residents.remove(key, resident);
    resident.freed = true;
    R value = resident.value;
    resident.value = null;
    if (value != null) {
      try {
        value.close();
      } catch (Exception e) {
        throw new IllegalStateException("Cannot free replica " + key.replica(), e);
      }
    }
  }

  /** Guarded by its lock. */
  private static final class Resident<R> {
    private final ReentrantLock lock = new ReentrantLock();
    private R value;
    private boolean freed;
  }
}
