package dev.fletch.engine;

import static dev.fletch.engine.CudaCentring.divided;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Where texts lie, on a card: the columns in which they begin, and which text each column belongs
 * to. What was asked for last is kept, as all slots of a minibatch ask for the same few.
 */
final class CudaTexts implements AutoCloseable {
  private static final int THREADS = 256;

  /** Two for each size that a network works on, and some for a second one. */
  private static final int MOST = 16;

  private final Driver driver;
  private final List<Places> recent = new ArrayList<>();

  CudaTexts(Driver driver) {
    this.driver = driver;
  }

  /** Room on the card for the places of some texts. */
  private static final class Places {
    private int[] starts;
    private int room;
    private long address;
  }

  /** The address of the starts; behind them lie the texts of all columns. */
  long places(Sequences of) {
    int[] starts = of.starts();
    Places found = null;
    for (Places one : recent) {
      // every minibatch brings an array of its own
      found = one.starts == starts ? one : found;
    }
    if (found == null) {
      found = recent.size() < MOST ? new Places() : recent.get(0);
      upload(starts, found);
    }
    recent.remove(found);
    recent.add(found);
    return found.address;
  }

  private void upload(int[] starts, Places to) {
    int columns = starts[starts.length - 1];
    int length = starts.length + columns;
    to.starts = null;
    if (length > to.room) {
      if (to.room > 0) {
        driver.free(to.address);
      }
      to.room = 0;
      to.address = driver.allocate((long) length * Integer.BYTES);
      to.room = length;
    }
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(starts.length * Integer.BYTES).order(ByteOrder.nativeOrder());
    bytes.asIntBuffer().put(starts);
    driver.upload(to.address, bytes);
    driver.launch(
        "find_texts",
        Grid.of(divided(columns, THREADS), THREADS),
        new Arguments().address(to.address).number(starts.length - 1).number(columns));
    to.starts = starts;
  }

  @Override
  public void close() {
    recent.stream().filter(one -> one.room > 0).forEach(one -> driver.free(one.address));
    recent.clear();
  }
}
