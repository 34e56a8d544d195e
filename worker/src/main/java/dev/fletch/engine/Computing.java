package dev.fletch.engine;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * How a network is computed, on whatever device.
 *
 * @param threads native threads, on the host; part of an experiment, since sums depend on it
 * @param precision of products, on a card; part of an experiment
 */
public record Computing(int threads, Precision precision) implements Serializable {
  public Computing {
    new Checks().atLeast("threads", threads, 1).orThrow();
  }

  /** In float32. */
  public Computing(int threads) {
    this(threads, Precision.FLOAT32);
  }

  /** Has this thread's next networks computed so, on the device that is bound to it. */
  public void bind() {
    Device.bound().with(precision).bind();
  }
}
