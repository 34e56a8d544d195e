package dev.fletch.cluster.peers;

import dev.fletch.replica.FloatSlice;
import dev.fletch.replica.PeerException;
import dev.fletch.replica.Peers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The connection to one other task; one thread sends and receives, Netty's brings what arrives. */
final class PeerLink {
  /** How long a task that waits may not notice that it has been cancelled. */
  private static final long SLICE = TimeUnit.SECONDS.toNanos(1);

  /** As many messages of a task as are unread at a time, and the one that is being read in. */
  private static final int ARRAYS_KEPT = 8;

  private final int task;
  private final BooleanSupplier cancelled;
  private final CountDownLatch connected = new CountDownLatch(1);
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Deque<float[]> free = new ArrayDeque<>();
  private volatile Channel channel;
  private volatile ChannelFuture lastWrite;

  /** What the other task did. */
  private sealed interface Arrival permits Received, Lost, Farewell {}

  private record Farewell() implements Arrival {}

  private record Lost(String why) implements Arrival {}

  /**
   * @param cancelled asked while this waits: an interrupt can get lost on its way
   */
  PeerLink(int task, BooleanSupplier cancelled) {
    this.task = task;
    this.cancelled = cancelled;
  }

  /** Whether this is the first connection of that task. */
  synchronized boolean connect(Channel to) {
    if (channel != null) {
      return false;
    }
    channel = to;
    connected.countDown();
    return true;
  }

  void awaitConnected(long deadline, String where) throws InterruptedException {
    while (!connected.await(slice(deadline), TimeUnit.NANOSECONDS)) {
      requireWanted();
      if (deadline <= System.nanoTime()) {
        throw PeerException.ofSilence(
            "no connection with task %d at %s in time".formatted(task, where));
      }
    }
    if (channel == null) {
      throw new PeerException("task %d at %s does not know this one".formatted(task, where));
    }
  }

  private static long slice(long deadline) {
    return Math.min(SLICE, deadline - System.nanoTime());
  }

  private void requireWanted() {
    if (cancelled.getAsBoolean()) {
      throw new PeerException("cancelled while waiting for task " + task);
    }
  }

  void send(int kind, byte[] facts, List<FloatSlice> values) {
    Channel to = channel;
    if (to != null) {
      lastWrite = Frame.write(to, kind, facts, values);
    }
  }

  /** On Netty's thread: an array for a message that begins. */
  float[] array(int atLeast) {
    synchronized (free) {
      float[] kept = free.poll();
      return kept != null && kept.length >= atLeast ? kept : new float[atLeast];
    }
  }

  /** On Netty's thread. */
  void arrived(int kind, byte[] facts, float[] values, int count) {
    switch (kind) {
      case Frame.MESSAGE -> arrivals.add(new Received(this, facts, values, count));
      case Frame.FAREWELL -> arrivals.add(new Farewell());
      default -> lost(new String(facts, StandardCharsets.UTF_8));
    }
  }

  /** On Netty's thread: nothing more will come. */
  void lost(String why) {
    arrivals.add(new Lost(why));
    connected.countDown();
  }

  Peers.Message receive(long timeoutNanos) {
    Arrival next = next(timeoutNanos);
    if (next instanceof Received received) {
      return received;
    }
    if (next == null) {
      throw PeerException.ofSilence(
          "task %d has said nothing for %d s".formatted(task, timeoutNanos / 1_000_000_000));
    }
    throw new PeerException(
        "task %d is gone: %s"
            .formatted(task, next instanceof Lost lost ? lost.why() : "it has ended before"));
  }

  /** Waits until the other has nothing more to say. */
  void awaitFarewell(long timeoutNanos) {
    Arrival last = next(timeoutNanos);
    if (last == null) {
      throw PeerException.ofSilence("task %d does not come to an end".formatted(task));
    }
    if (!(last instanceof Farewell)) {
      throw new PeerException("task %d did not end as the others".formatted(task));
    }
  }

  private Arrival next(long timeoutNanos) {
    long deadline = System.nanoTime() + timeoutNanos;
    try {
      while (true) {
        Arrival next = arrivals.poll(slice(deadline), TimeUnit.NANOSECONDS);
        if (next != null || deadline <= System.nanoTime()) {
          return next;
        }
        requireWanted();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException("interrupted while waiting for task " + task, e);
    }
  }

  /** Closes the connection when all has been sent, or after a while. */
  void close(long patienceNanos) {
    ChannelFuture sent = lastWrite;
    if (sent != null) {
      sent.awaitUninterruptibly(patienceNanos, TimeUnit.NANOSECONDS);
    }
    Channel open = channel;
    if (open != null) {
      open.close().awaitUninterruptibly(patienceNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void giveBack(float[] values) {
    synchronized (free) {
      if (values.length > 0 && free.size() < ARRAYS_KEPT) {
        free.push(values);
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, never compared
  private record Received(PeerLink link, byte[] facts, float[] values, int count)
      implements Arrival, Peers.Message {
    @Override
    public void done() {
      link.giveBack(values);
    }
  }
}
