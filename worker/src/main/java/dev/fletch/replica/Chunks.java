package dev.fletch.replica;

import java.util.ArrayList;
import java.util.List;

/**
 * How the vectors of a sum, laid one after the other, are cut into a chunk for each task, which
 * adds it up for all, and every chunk into strips, of which each travels by itself.
 *
 * @param lengths of the vectors
 * @param stripLength most elements of a strip
 */
record Chunks(List<Integer> lengths, int tasks, int stripLength) {
  /**
   * A part of a strip that lies in one vector.
   *
   * @param vector its number
   * @param from first element, of the vector
   */
  record Piece(int vector, int from, int length) {
    FloatSlice of(List<float[]> vectors) {
      return new FloatSlice(vectors.get(vector), from, length);
    }
  }

  private long first(int task) {
    long all = lengths.stream().mapToLong(Integer::longValue).sum();
    return all * task / tasks;
  }

  /** Strips of the longest chunk; the last of another may be empty. */
  int strips() {
    long longest = 0;
    for (int task = 0; task < tasks; task++) {
      longest = Math.max(longest, first(task + 1) - first(task));
    }
    return Math.toIntExact((longest + stripLength - 1) / stripLength);
  }

  private long begin(int task, int strip) {
    return Math.min(first(task) + (long) strip * stripLength, first(task + 1));
  }

  /** Elements of a strip of a task's chunk. */
  int length(int task, int strip) {
    return Math.toIntExact(begin(task, strip + 1) - begin(task, strip));
  }

  /** A strip of a task's chunk, piece by piece. */
  List<Piece> pieces(int task, int strip) {
    List<Piece> pieces = new ArrayList<>();
    long begin = 0;
    for (int vector = 0; vector < lengths.size(); vector++) {
      long end = begin + lengths.get(vector);
      long from = Math.max(begin, begin(task, strip));
      long to = Math.min(end, begin(task, strip + 1));
      if (from < to) {
        pieces.add(new Piece(vector, Math.toIntExact(from - begin), Math.toIntExact(to - from)));
      }
      begin = end;
    }
    return pieces;
  }
}
