package dev.fletch.replica;

import java.util.List;

/**
 * The tasks that hold the replicas of a run, seen from one of them, each with a way to every other.
 * What one sends to another arrives as it is, in order. Used by one thread.
 */
public interface Peers {
  /** This task's number, from 0. */
  int rank();

  /** Tasks, this one included. */
  int count();

  /**
   * Sends a message. Vectors may be changed once this returns; whether it arrives is seen by {@link
   * #receive}, since every message is answered.
   *
   * @param values their elements, one slice after the other
   */
  void send(int to, byte[] facts, List<FloatSlice> values);

  /**
   * Waits for the next message.
   *
   * @throws PeerException if the other task is gone, has failed, or says nothing for too long
   */
  Message receive(int from);

  /** What has arrived. Its array is used again for a later message from the same task. */
  interface Message {
    byte[] facts();

    /** At least {@link #count} long. */
    float[] values();

    int count();

    /** Gives the array back; neither it nor this message may be used any more. */
    void done();
  }
}
