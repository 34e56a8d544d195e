package dev.fletch.engine;

import dev.fletch.cuda.Driver;
import java.util.function.Supplier;

/**
 * Where the networks are computed that a thread makes: on the host unless it says otherwise. A
 * network stays where it was made, whatever thread uses it.
 */
public sealed interface Device {
  /** The processors of this machine. */
  Device HOST = new Host();

  /**
   * A card.
   *
   * @param open gives a stream of its own to each network, which closes it
   */
  static Device card(Supplier<Driver> open) {
    return new Card(open, Precision.FLOAT32);
  }

  /** The same device, computing products with another precision where it has one. */
  Device with(Precision precision);

  /** Makes it the device of this thread's next networks. */
  default void bind() {
    Bound.TO_THREAD.set(this);
  }

  /** That of this thread. */
  static Device bound() {
    return Bound.TO_THREAD.get();
  }

  /** The host. */
  record Host() implements Device {
    @Override
    public Device with(Precision precision) {
      return this;
    }
  }

  /**
   * A card.
   *
   * @param open gives a stream of its own to each network, which closes it
   * @param precision of products
   */
  record Card(Supplier<Driver> open, Precision precision) implements Device {
    @Override
    public Device with(Precision other) {
      return new Card(open, other);
    }
  }

  /** What each thread said. */
  final class Bound {
    private static final ThreadLocal<Device> TO_THREAD = ThreadLocal.withInitial(() -> HOST);

    private Bound() {}
  }
}
