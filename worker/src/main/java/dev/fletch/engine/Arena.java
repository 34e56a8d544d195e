package dev.fletch.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Packs everything a plan keeps in native memory into few blocks. Time is counted in steps, the
 * forward pass first and the backward pass after it; two storages that are not alive at the same
 * time may share memory. First fit, largest first.
 */
final class Arena {
  /** From step {@code first} to step {@code last}, both included. */
  record Life(int first, int last) {
    boolean meets(Life other) {
      return first <= other.last && other.first <= last;
    }
  }

  private record Reservation(Storage storage, List<Life> lives, long length) {
    boolean meets(Reservation other) {
      return lives.stream().anyMatch(mine -> other.lives.stream().anyMatch(mine::meets));
    }
  }

  private record Placed(Reservation reservation, long offset) {
    long end() {
      return offset + reservation.length();
    }
  }

  /** Values a storage starts at a multiple of: a cache line of floats of its own. */
  static final int ALIGNMENT = 16;

  /** Values of a block; positions inside one have to be integers. */
  private static final long BLOCK = 1L << 30;

  private final DataType type;
  private final List<Reservation> reservations = new ArrayList<>();
  private List<Placed> layout;

  Arena(DataType type) {
    this.type = type;
  }

  /** The storage is needed in each of {@code lives}, and may be overwritten between them. */
  void reserve(Storage storage, List<Life> lives) {
    if (storage.length() > BLOCK) {
      throw new IllegalArgumentException(
          "A tensor of "
              + storage.length()
              + " values is too large: the limit is "
              + BLOCK
              + "; take a smaller batch");
    }
    long aligned = (storage.length() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    reservations.add(new Reservation(storage, List.copyOf(lives), aligned));
  }

  /** Native memory that {@link #allocate} takes. */
  long bytes() {
    return size() * type.width();
  }

  private long size() {
    return layout().stream().mapToLong(Placed::end).max().orElse(0);
  }

  /** Allocates the blocks and gives every storage its place. */
  List<INDArray> allocate() {
    List<INDArray> blocks = new ArrayList<>();
    long size = size();
    for (long start = 0; start < size; start += BLOCK) {
      blocks.add(Nd4j.create(type, Math.min(BLOCK, size - start)));
    }
    for (Placed placed : layout()) {
      placed
          .reservation()
          .storage()
          .place(blocks.get((int) (placed.offset() / BLOCK)), placed.offset() % BLOCK);
    }
    return blocks;
  }

  private List<Placed> layout() {
    if (layout == null) {
      layout = new ArrayList<>();
      List<Reservation> largestFirst = new ArrayList<>(reservations);
      largestFirst.sort(Comparator.comparingLong(Reservation::length).reversed());
      for (Reservation reservation : largestFirst) {
        layout.add(new Placed(reservation, firstFit(reservation)));
      }
    }
    return layout;
  }

  private long firstFit(Reservation wanted) {
    List<Placed> neighbours =
        new ArrayList<>(layout.stream().filter(p -> p.reservation().meets(wanted)).toList());
    neighbours.sort(Comparator.comparingLong(Placed::offset));
    long offset = 0;
    for (Placed neighbour : neighbours) {
      if (offset + wanted.length() <= neighbour.offset()) {
        break;
      }
      offset = insideOneBlock(Math.max(offset, neighbour.end()), wanted.length());
    }
    return offset;
  }

  private static long insideOneBlock(long offset, long length) {
    boolean fits = offset / BLOCK == (offset + length - 1) / BLOCK;
    return fits ? offset : (offset / BLOCK + 1) * BLOCK;
  }
}
