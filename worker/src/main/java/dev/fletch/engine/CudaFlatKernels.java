package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link FlatKernels} on a card, in one stream. Memory that is given back is kept for the next
 * vector of the same length, for a card takes and returns memory only when all its work is done,
 * and the vectors of a step are the same in every step.
 */
final class CudaFlatKernels implements FlatKernels, AutoCloseable {
  private static final int THREADS = 256;

  /** Blocks of threads for each processor of the card. */
  private static final int BLOCKS = 8;

  /** Values whose squares a block of {@link #THREADS} adds up: fixed, so that no card matters. */
  private static final int PIECE = 16 * THREADS;

  private static final int MOST_THREADS = 1024;

  private final Driver driver;
  private final CudaScratch sums;
  private final Map<Integer, Deque<Long>> unused = new HashMap<>();
  private final List<Long> allocated = new ArrayList<>();

  CudaFlatKernels(Driver driver) {
    this.driver = driver;
    this.sums = new CudaScratch(driver);
  }

  Driver driver() {
    return driver;
  }

  /** How many vectors have not been given back. */
  int inUse() {
    return allocated.size() - unused.values().stream().mapToInt(Deque::size).sum();
  }

  void takeBack(int length, long address) {
    unused.computeIfAbsent(length, any -> new ArrayDeque<>()).push(address);
  }

  @Override
  public DeviceFloats room(int length) {
    Deque<Long> fitting = unused.get(length);
    if (fitting != null && !fitting.isEmpty()) {
      return new DeviceFloats(this, length, fitting.pop());
    }
    long address = driver.allocate((long) Math.max(1, length) * Float.BYTES);
    allocated.add(address);
    return new DeviceFloats(this, length, address);
  }

  @Override
  public Floats zeros(int length) {
    DeviceFloats zeros = room(length);
    if (length > 0) {
      driver.clear(zeros.address(), (long) length * Float.BYTES);
    }
    return zeros;
  }

  @Override
  public Floats of(float[] values) {
    DeviceFloats made = room(values.length);
    made.write(values);
    return made;
  }

  private static long at(Floats vector) {
    return ((DeviceFloats) vector).address();
  }

  /** A thread for each value, up to some for each of the card's processors. */
  private void launch(String kernel, int length, Arguments arguments) {
    if (length > 0) {
      int blocks = Math.min(BLOCKS * driver.multiprocessors(), (length + THREADS - 1) / THREADS);
      driver.launch(kernel, Grid.of(blocks, THREADS), arguments.number(length));
    }
  }

  @Override
  public double norm(Floats x) {
    if (x.length() == 0) {
      return 0;
    }
    int pieces = (x.length() + PIECE - 1) / PIECE;
    long partials = sums.sums(pieces + 1);
    long total = partials + (long) pieces * Double.BYTES;
    driver.launch(
        "sum_squares",
        Grid.of(pieces, THREADS),
        new Arguments().address(at(x)).number(x.length()).address(partials));
    driver.launch(
        "sum_pieces",
        Grid.of(1, MOST_THREADS),
        new Arguments().address(partials).number(pieces).address(total));
    ByteBuffer read = ByteBuffer.allocateDirect(Double.BYTES).order(ByteOrder.nativeOrder());
    driver.download(total, read);
    return Math.sqrt(read.getDouble(0));
  }

  @Override
  public void scale(Floats x, double factor) {
    launch("flat_scale", x.length(), new Arguments().address(at(x)).number(factor));
  }

  @Override
  public void move(Floats from, double factor, Floats direction, Floats to) {
    launch(
        "flat_move",
        to.length(),
        new Arguments().address(at(from)).number(factor).address(at(direction)).address(at(to)));
  }

  @Override
  public void add(Floats x, Floats y, Floats sum) {
    launch(
        "flat_add", sum.length(), new Arguments().address(at(x)).address(at(y)).address(at(sum)));
  }

  @Override
  public void divide(Floats x, float divisor, Floats out) {
    launch(
        "flat_divide",
        out.length(),
        new Arguments().address(at(x)).number(divisor).address(at(out)));
  }

  @Override
  public void average(Floats running, float share, Floats next) {
    launch(
        "flat_average",
        running.length(),
        new Arguments().address(at(running)).number(share).address(at(next)));
  }

  @Override
  public void descend(Floats w, Floats v, Floats gradient, Descent step) {
    launch("flat_descend", w.length(), arguments(w, v, gradient, step));
  }

  @Override
  public void descendAhead(Floats w, Floats v, Floats gradient, Descent step, Floats ahead) {
    launch("flat_descend_ahead", w.length(), arguments(w, v, gradient, step).address(at(ahead)));
  }

  private static Arguments arguments(Floats w, Floats v, Floats gradient, Descent step) {
    return new Arguments()
        .address(at(w))
        .address(at(v))
        .address(at(gradient))
        .number(step.rate())
        .number(step.momentum())
        .number(step.decay());
  }

  @Override
  public void adam(Floats w, Floats m, Floats v, Floats gradient, AdamStep step) {
    launch(
        "flat_adam",
        w.length(),
        new Arguments()
            .address(at(w))
            .address(at(m))
            .address(at(v))
            .address(at(gradient))
            .number(step.rate())
            .number(step.beta1())
            .number(step.beta2())
            .number(step.firstCorrection())
            .number(step.secondCorrection())
            .number(step.epsilon())
            .number(step.decay()));
  }

  /** Frees the memory of all vectors, given back or not. */
  @Override
  public void close() {
    allocated.forEach(driver::free);
    allocated.clear();
    unused.clear();
    sums.close();
  }
}
