package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@link Doubles} on a card. */
final class DeviceDoubles extends Doubles implements AutoCloseable {
  private static final int THREADS = 256;

  /** Blocks of threads for each processor of the card. */
  private static final int BLOCKS = 4;

  private final Driver driver;
  private final int length;
  private final long start;
  private long floats;

  DeviceDoubles(Driver driver, int length) {
    this.driver = driver;
    this.length = length;
    this.start = driver.allocate((long) Math.max(1, length) * Double.BYTES);
    driver.clear(start, (long) length * Double.BYTES);
  }

  /** Where number {@code at} lies in the card's memory. */
  long address(int at) {
    return start + (long) at * Double.BYTES;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public boolean isOnHost() {
    return false;
  }

  @Override
  public double[] array() {
    throw new IllegalStateException("These numbers lie on a card: read a copy of them");
  }

  @Override
  public float[] toFloats() {
    float[] values = new float[length];
    if (length > 0) {
      convert("doubles_to_floats", start, floats(), length);
      driver.download(floats(), values, length);
    }
    return values;
  }

  @Override
  public double[] toDoubles() {
    double[] values = new double[length];
    ByteBuffer bytes = buffer(length);
    driver.download(start, bytes);
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  @Override
  public Floats toFloats(FlatKernels place) {
    if (!(place instanceof CudaFlatKernels card)) {
      return place.of(toFloats());
    }
    DeviceFloats copy = card.room(length);
    if (length > 0) {
      copy.lend(driver, () -> convert("doubles_to_floats", start, copy.address(), length));
    }
    return copy;
  }

  @Override
  public void write(Floats values) {
    if (!(values instanceof DeviceFloats floats)) {
      write(values.array());
    } else if (values.length() > 0) {
      floats.lend(
          driver, () -> convert("floats_to_doubles", floats.address(), start, values.length()));
    }
  }

  /** Room for as many floats: half the bytes travel, and the card is the faster to convert them. */
  private long floats() {
    if (floats == 0) {
      floats = driver.allocate((long) length * Float.BYTES);
    }
    return floats;
  }

  private void convert(String kernel, long from, long to, int count) {
    driver.launch(kernel, grid(count), new Arguments().address(from).address(to).number(count));
  }

  private Grid grid(int count) {
    int blocks = (count + THREADS - 1) / THREADS;
    return Grid.of(Math.min(driver.multiprocessors() * BLOCKS, blocks), THREADS);
  }

  @Override
  public void write(float[] values) {
    if (values.length > 0) {
      driver.upload(floats(), values, values.length);
      convert("floats_to_doubles", floats(), start, values.length);
    }
  }

  @Override
  public void write(double[] values) {
    ByteBuffer bytes = buffer(values.length);
    bytes.asDoubleBuffer().put(values);
    driver.upload(start, bytes);
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocateDirect(length * Double.BYTES).order(ByteOrder.nativeOrder());
  }

  @Override
  public void fill(double value) {
    if (length == 0) {
      return;
    }
    driver.launch(
        "fill_doubles", grid(length), new Arguments().address(start).number(length).number(value));
  }

  @Override
  public void close() {
    driver.free(start);
    if (floats != 0) {
      driver.free(floats);
    }
  }
}
