package dev.fletch.engine;

import dev.fletch.cuda.Driver;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of a card for what only lasts from one kernel to the next: operations of a stream follow
 * each other, so all share it. It grows when more is asked for than ever before; what was once
 * given stays until the end, as graphs may have noted its address. Whoever notes work has done the
 * same before, so that nothing grows then.
 */
final class CudaScratch implements AutoCloseable {
  private static final long LEAST = 1 << 20;

  private final Driver driver;
  private final List<Long> allocated = new ArrayList<>();
  private long bytes;
  private long room;
  private int countCount;
  private long counts;

  CudaScratch(Driver driver) {
    this.driver = driver;
  }

  /**
   * Where at least {@code wanted} bytes lie, at a multiple of 256; what is in them is undefined.
   */
  long address(long wanted) {
    if (wanted > bytes) {
      long grown = Math.max(wanted, Math.max(LEAST, 2 * bytes));
      room = allocate(grown);
      bytes = grown;
    }
    return room;
  }

  /** Where so many doubles lie, whatever is in them. */
  long sums(int count) {
    return address((long) count * Double.BYTES);
  }

  /** The address of so many ints, all 0; who changes them leaves them so. */
  long counts(int count) {
    if (count > countCount) {
      long wanted = (long) count * Integer.BYTES;
      counts = allocate(wanted);
      driver.clear(counts, wanted);
      countCount = count;
    }
    return counts;
  }

  private long allocate(long wanted) {
    long address = driver.allocate(wanted);
    allocated.add(address);
    return address;
  }

  @Override
  public void close() {
    allocated.forEach(driver::free);
    allocated.clear();
    bytes = 0;
    countCount = 0;
  }
}
