package dev.fletch.cuda;

import dev.fletch.engine.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * The card that tests run on: emulated, or a real one where {@code -Dfletch.test.card=N} names it.
 */
public final class TestCard {
  private static final long CAPACITY = 1L << 30;
  private static final Integer REAL = Integer.getInteger("fletch.test.card");

  private TestCard() {}

  /** Whether there is a real one. */
  public static boolean isReal() {
    return REAL != null;
  }

  /** A stream on it. */
  public static Driver open() {
    return isReal() ? JcudaDriver.open(REAL) : new EmulatedDriver();
  }

  /**
   * A stream on a card with so many multiprocessors, on which no result may depend; on the real one
   * as it is.
   */
  public static Driver open(int multiprocessors) {
    return isReal() ? open() : new EmulatedDriver(multiprocessors, CAPACITY);
  }

  /** Makes it the device of this thread's next networks. */
  public static void bind() {
    Device.card(TestCard::open).bind();
  }

  /** Makes emulated cards the devices of this thread's next networks, and keeps them in a list. */
  public static List<EmulatedDriver> bindEmulated() {
    List<EmulatedDriver> made = new ArrayList<>();
    Device.card(
            () -> {
              EmulatedDriver driver = new EmulatedDriver();
              made.add(driver);
              return driver;
            })
        .bind();
    return made;
  }
}
