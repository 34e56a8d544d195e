package dev.fletch.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of a kernel, in the order of its parameters: each method adds one. Structures and
 * arrays travel by value.
 */
public final class Arguments {
  /** What CUDA takes for all arguments of a kernel together. */
  private static final int MOST_BYTES = 4096;

  private static final int ALIGNMENT = 8;

  private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.nativeOrder());
  private final List<Integer> offsets = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();

  /** An address in the card's memory; 0 for none. */
  public Arguments address(long address) {
    begin(Long.BYTES);
    bytes.putLong(address);
    return this;
  }

  /** An {@code int}. */
  public Arguments number(int value) {
    begin(Integer.BYTES);
    bytes.putInt(value);
    return this;
  }

  /** A {@code long long}. */
  public Arguments number(long value) {
    begin(Long.BYTES);
    bytes.putLong(value);
    return this;
  }

  /** A {@code float}. */
  public Arguments number(float value) {
    begin(Float.BYTES);
    bytes.putFloat(value);
    return this;
  }

  /** A {@code double}. */
  public Arguments number(double value) {
    begin(Double.BYTES);
    bytes.putDouble(value);
    return this;
  }

  /**
   * A structure that holds nothing but {@code length} addresses, of which the first are given.
   *
   * @throws IllegalArgumentException if there are more than the structure holds
   */
  public Arguments addresses(long[] given, int length) {
    checkLength(given.length, length);
    begin(length * Long.BYTES);
    for (int i = 0; i < length; i++) {
      bytes.putLong(i < given.length ? given[i] : 0);
    }
    return this;
  }

  /** A structure of addresses and ints behind them, padded as C does. */
  public Arguments structure(long[] addresses, int... numbers) {
    int padded = (numbers.length + 1) / 2 * 2;
    begin(addresses.length * Long.BYTES + padded * Integer.BYTES);
    for (long address : addresses) {
      bytes.putLong(address);
    }
    for (int i = 0; i < padded; i++) {
      bytes.putInt(i < numbers.length ? numbers[i] : 0);
    }
    return this;
  }

  /** A structure that holds nothing but {@code length} ints, of which the first are given. */
  public Arguments numbers(int[] given, int length) {
    checkLength(given.length, length);
    begin(length * Integer.BYTES);
    for (int i = 0; i < length; i++) {
      bytes.putInt(i < given.length ? given[i] : 0);
    }
    return this;
  }

  private static void checkLength(int given, int length) {
    if (given > length) {
      throw new IllegalArgumentException(
          "A kernel's structure holds " + length + " values, got " + given);
    }
  }

  private void begin(int length) {
    int start = (bytes.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (start + length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "The arguments of a kernel take up to " + MOST_BYTES + " bytes together");
    }
    bytes.position(start);
    offsets.add(start);
    lengths.add(length);
  }

  /** All of them, from position 0 on. */
  ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.nativeOrder()).flip();
  }

  /** Where each starts in {@link #bytes}. */
  int[] offsets() {
    return offsets.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many bytes each has. */
  int[] lengths() {
    return lengths.stream().mapToInt(Integer::intValue).toArray();
  }
}
