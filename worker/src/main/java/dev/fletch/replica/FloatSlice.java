package dev.fletch.replica;

import java.util.List;
import java.util.Objects;

/**
 * A part of a vector, which is not copied.
 *
 * @param from first element
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
public record FloatSlice(float[] values, int from, int length) {
  public FloatSlice {
    Objects.checkFromIndexSize(from, length, values.length);
  }

  /** A vector of all slices, one after the other. */
  static float[] joined(List<FloatSlice> slices) {
    float[] joined = new float[slices.stream().mapToInt(FloatSlice::length).sum()];
    int to = 0;
    for (FloatSlice slice : slices) {
      System.arraycopy(slice.values, slice.from, joined, to, slice.length);
      to += slice.length;
    }
    return joined;
  }
}
