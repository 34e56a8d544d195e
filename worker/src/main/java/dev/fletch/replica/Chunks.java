package dev.fletch.replica;

import java.util.ArrayList;
import java.util.List;

/**
 * How the vectors of a sum, laid one after the other, are cut into a chunk for each task, which
 * adds it up for all.
 *
 * @param lengths of the vectors
 */
record Chunks(List<Integer> lengths, int tasks) {
  /**
   * A part of a chunk that lies in one vector.
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

  /** Elements of a task's chunk. */
  int length(int task) {
    return Math.toIntExact(first(task + 1) - first(task));
  }

  /** A task's chunk, piece by piece. */
  List<Piece> pieces(int task) {
    List<Piece> pieces = new ArrayList<>();
    long begin = 0;
    for (int vector = 0; vector < lengths.size(); vector++) {
      long end = begin + lengths.get(vector);
      long from = Math.max(begin, first(task));
      long to = Math.min(end, first(task + 1));
      if (from < to) {
        pieces.add(new Piece(vector, Math.toIntExact(from - begin), Math.toIntExact(to - from)));
      }
      begin = end;
    }
    return pieces;
  }
}
