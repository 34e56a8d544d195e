package dev.fletch.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

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

  private record Reservation(List<Storage> storages, List<Life> lives, long length) {
    boolean meets(Reservation other) {
      for (Life mine : lives) {
        for (Life theirs : other.lives) {
          if (mine.meets(theirs)) {
            return true;
          }
        }
      }
      return false;
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

  /**
   * The number of values of a tensor.
   *
   * @throws PlanTooLargeException if they do not fit into a block
   */
  static long length(long... sizes) {
    BigInteger length = BigInteger.ONE;
    for (long size : sizes) {
      length = length.multiply(BigInteger.valueOf(size));
    }
    if (length.compareTo(BigInteger.valueOf(BLOCK)) > 0) {
      throw new PlanTooLargeException(length.toString(), BLOCK);
    }
    return length.longValueExact();
  }

  /** The storage is needed in each of {@code lives}, and may be overwritten between them. */
  void reserve(Storage storage, List<Life> lives) {
    reserve(List.of(storage), lives);
  }

  /** The same place for equally large storages. */
  void reserve(List<Storage> storages, List<Life> lives) {
    long aligned = (length(storages.get(0).length()) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    reservations.add(new Reservation(List.copyOf(storages), List.copyOf(lives), aligned));
  }

  /** Native memory that {@link #allocate} takes. */
  long bytes() {
    return size() * type.width();
  }

  private long size() {
    return layout().stream().mapToLong(Placed::end).max().orElse(0);
  }

  /**
   * Allocates the blocks, where {@code kernels} look for them, and gives every storage its place.
   */
  List<Memory> allocate(Kernels kernels) {
    List<Memory> blocks = new ArrayList<>();
    long size = size();
    for (long start = 0; start < size; start += BLOCK) {
      blocks.add(kernels.memory(type, Math.min(BLOCK, size - start)));
    }
    for (Placed placed : layout()) {
      Memory block = blocks.get((int) (placed.offset() / BLOCK));
      placed.reservation().storages().forEach(s -> s.place(block, placed.offset() % BLOCK));
    }
    return blocks;
  }

  /** By offset. */
  private List<Placed> layout() {
    if (layout == null) {
      layout = new ArrayList<>();
      List<Reservation> largestFirst = new ArrayList<>(reservations);
      largestFirst.sort(Comparator.comparingLong(Reservation::length).reversed());
      Map<Kind, Placed> last = new HashMap<>();
      for (Reservation reservation : largestFirst) {
        Kind kind = new Kind(reservation.lives(), reservation.length());
        Placed placed = new Placed(reservation, firstFit(reservation, last.get(kind)));
        layout.add(firstFrom(placed.offset()), placed);
        last.put(kind, placed);
      }
    }
    return layout;
  }

  /** Reservations of one kind fit into the same places. */
  private record Kind(List<Life> lives, long length) {}

  /**
   * @param alike the last one of the same kind, null if there is none: nothing before it is free
   */
  private long firstFit(Reservation wanted, Placed alike) {
    long offset = alike == null ? 0 : insideOneBlock(alike.end(), wanted.length());
    for (int i = alike == null ? 0 : firstFrom(alike.offset()); i < layout.size(); i++) {
      Placed neighbour = layout.get(i);
      if (!neighbour.reservation().meets(wanted)) {
        continue;
      }
      if (offset + wanted.length() <= neighbour.offset()) {
        break;
      }
      offset = insideOneBlock(Math.max(offset, neighbour.end()), wanted.length());
    }
    return offset;
  }

  /** Index of the first placed at {@code offset} or behind it. */
  private int firstFrom(long offset) {
    int low = 0;
    int high = layout.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (layout.get(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long insideOneBlock(long offset, long length) {
    boolean fits = offset / BLOCK == (offset + length - 1) / BLOCK;
    return fits ? offset : (offset / BLOCK + 1) * BLOCK;
  }
}
