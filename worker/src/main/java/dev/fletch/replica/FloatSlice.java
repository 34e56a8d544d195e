package dev.fletch.replica;

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
}
