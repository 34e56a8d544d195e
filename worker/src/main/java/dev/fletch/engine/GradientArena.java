package dev.fletch.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Packs the gradients of all slots into one block. A gradient is alive from the backward of its
 * slot's last reader to that of its writer; two that are not alive together may share memory. First
 * fit, largest first.
 */
final class GradientArena {
  private record Reservation(Slot slot, int first, int last, long length) {}

  private record Placed(Reservation reservation, long offset) {
    long end() {
      return offset + reservation.length();
    }

    boolean livesWith(Reservation other) {
      return reservation.first() <= other.last() && other.first() <= reservation.last();
    }
  }

  /** Keeps every gradient on a cache line of its own. */
  private static final int ALIGNMENT = 16;

  private final DataType type;
  private final List<Reservation> reservations = new ArrayList<>();

  GradientArena(DataType type) {
    this.type = type;
  }

  /**
   * The slot's gradient is needed by steps {@code first} (its writer) to {@code last} (its last
   * reader).
   */
  void reserve(Slot slot, int first, int last) {
    long length = (long) slot.channels() * slot.columns();
    long aligned = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    reservations.add(new Reservation(slot, first, last, aligned));
  }

  /** Allocates the block and hands every slot its part. */
  Matrix allocate() {
    List<Placed> placed = new ArrayList<>();
    List<Reservation> largestFirst = new ArrayList<>(reservations);
    largestFirst.sort(Comparator.comparingLong(Reservation::length).reversed());
    long size = ALIGNMENT;
    for (Reservation reservation : largestFirst) {
      Placed at = new Placed(reservation, firstFit(reservation, placed));
      placed.add(at);
      size = Math.max(size, at.end());
    }
    Matrix block = Matrix.allocate(type, 1, Math.toIntExact(size));
    for (Placed at : placed) {
      Slot slot = at.reservation().slot();
      slot.gradient(block.carve(at.offset(), slot.channels(), slot.columns()));
    }
    return block;
  }

  private static long firstFit(Reservation wanted, List<Placed> placed) {
    List<Placed> neighbours =
        new ArrayList<>(placed.stream().filter(p -> p.livesWith(wanted)).toList());
    neighbours.sort(Comparator.comparingLong(Placed::offset));
    long offset = 0;
    for (Placed neighbour : neighbours) {
      if (offset + wanted.length() <= neighbour.offset()) {
        break;
      }
      offset = Math.max(offset, neighbour.end());
    }
    return offset;
  }

  /**
   * For every step, the gradients to set to zero before its backward: those it is the last reader
   * of.
   */
  List<List<Matrix>> zeroAt(int steps) {
    List<List<Matrix>> zero = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      zero.add(new ArrayList<>());
    }
    for (Reservation reservation : reservations) {
      zero.get(reservation.last()).add(reservation.slot().gradient());
    }
    return zero;
  }
}
