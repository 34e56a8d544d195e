package dev.fletch.replica;

import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the gradients of replicas are averaged, in a search as in a training from scratch. No part of
 * the experiment: the bits are the same.
 *
 * @param where who adds them up
 * @param timeoutSeconds how long an executor waits for another before both begin the epoch anew
 */
public record ExchangeSettings(
    @Key("exchange") Where where, @Key("exchange-timeout-seconds") double timeoutSeconds)
    implements Serializable {
  private static final double MILLIS = 1000;
  private static final double USUAL_TIMEOUT = 300;

  /** Every step by the driver, as a Spark job. */
  public static final ExchangeSettings BY_DRIVER =
      new ExchangeSettings(Where.DRIVER, USUAL_TIMEOUT);

  /** Who adds up the gradients. */
  public enum Where {
    /** The driver, in a Spark job for every exchange. */
    DRIVER,
    /** Executors among themselves, in a Spark job for every epoch. */
    EXECUTORS
  }

  public ExchangeSettings {
    new Checks().positive("exchange-timeout-seconds", timeoutSeconds).orThrow();
  }

  public Duration timeout() {
    return Duration.ofMillis((long) (MILLIS * timeoutSeconds));
  }
}
