package dev.fletch.engine;

import dev.fletch.cuda.Driver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers that kernels on a card look up, and that are others for every minibatch: where texts
 * begin, and keys of dropouts.
 */
final class CudaTables implements AutoCloseable {
  /** One for each size that a network works on, and some for a second one. */
  private static final int MOST = 16;

  private final Driver driver;
  private final List<Starts> recent = new ArrayList<>();
  private final Room keys = new Room();

  CudaTables(Driver driver) {
    this.driver = driver;
  }

  /** Memory of the card, of which more is taken when more is needed. */
  private final class Room {
    private long bytes;
    private long address;

    long fill(ByteBuffer content) {
      if (content.remaining() > bytes) {
        close();
        address = driver.allocate(content.remaining());
        bytes = content.remaining();
      }
      driver.upload(address, content);
      return address;
    }

    void close() {
      if (bytes > 0) {
        driver.free(address);
        bytes = 0;
      }
    }
  }

  /** What is in a room, as far as it is known. */
  private final class Starts {
    private final Room room = new Room();
    private int[] content;

    long fill(int[] starts) {
      content = null;
      ByteBuffer bytes = buffer(starts.length * Integer.BYTES);
      bytes.asIntBuffer().put(starts);
      long address = room.fill(bytes);
      content = starts;
      return address;
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /**
   * The address of a copy of where texts begin. Those that were asked for last are kept, as all
   * operations on a minibatch ask for the same few.
   */
  long starts(int[] starts) {
    Starts found =
        recent.stream().filter(one -> Arrays.equals(one.content, starts)).findAny().orElse(null);
    if (found == null) {
      found = recent.size() < MOST ? new Starts() : recent.get(0);
      found.fill(starts);
    }
    recent.remove(found);
    recent.add(found);
    return found.room.address;
  }

  /**
   * The address of a copy of these, until others are asked for. They are copied each time, even if
   * they are the same: so whoever watches sees that this work is not the same every time.
   */
  long keys(long[] next) {
    ByteBuffer bytes = buffer(next.length * Long.BYTES);
    bytes.asLongBuffer().put(next);
    return keys.fill(bytes);
  }

  @Override
  public void close() {
    recent.forEach(one -> one.room.close());
    recent.clear();
    keys.close();
  }
}
