package dev.fletch.engine;

import java.util.Arrays;

/** Heap arrays one thread reuses between calls. */
final class Workspace {
  private static final ThreadLocal<Workspace> CURRENT = ThreadLocal.withInitial(Workspace::new);
  private static final int ARRAYS = 9;

  private final float[][] arrays = new float[ARRAYS][0];

  static Workspace current() {
    return CURRENT.get();
  }

  /** Array number {@code index} with at least {@code size} values, whatever they are. */
  float[] array(int index, int size) {
    if (arrays[index].length < size) {
      arrays[index] = new float[size];
    }
    return arrays[index];
  }

  /** Array number {@code index}, its first {@code size} values set to {@code value}. */
  float[] filled(int index, int size, float value) {
    float[] array = array(index, size);
    Arrays.fill(array, 0, size, value);
    return array;
  }
}
